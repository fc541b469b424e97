using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Search;

/// <summary>Clauses of a run filter as SQL over <c>tracking_runs r</c>.</summary>
internal static class RunFilterSql
{
    private static readonly RunStatus[] Statuses = Enum.GetValues<RunStatus>();

    /// <summary>True for the runs that meet the clause.</summary>
    /// <param name="run">Our own text for the run's key: of the table that is read first, so that clauses about values need not the run itself.</param>
    public static Sql Where(ReadTx tx, MetricKeys keys, Condition condition, string run = "r.run_key") => condition.Field.Kind switch
    {
        FieldKind.Attribute => Attribute(tx.Dialect, condition),
        FieldKind.Metric when keys.Find(tx, condition.Field.Name) is { } key => Metric(Comparisons.Literal(run), key, condition),
        FieldKind.Param => Keyed(tx.Dialect, "tracking_params", Comparisons.Literal(run), condition),
        FieldKind.Tag => Keyed(tx.Dialect, "tracking_tags", Comparisons.Literal(run), condition),
        FieldKind.Dataset => Dataset(tx.Dialect, condition),
        // A key that nobody logged.
        _ => condition.Comparator == Comparator.IsNull ? (Sql)$"1 = 1" : Comparisons.Nothing,
    };

    /// <summary>
    /// The runs of the experiments (at least one) that meet the clause, by an index, as <c>SELECT run_key …</c>; null when no index helps.
    /// </summary>
    public static Sql? Candidates(ReadTx tx, MetricKeys keys, IReadOnlyList<long> experiments, Condition condition)
    {
        return condition.Field switch
        {
            { Kind: FieldKind.Param } => Keys("tracking_params"),
            { Kind: FieldKind.Tag } => Keys("tracking_tags"),
            { Kind: FieldKind.Metric } when condition.Comparator is Comparator.NotEqual or Comparator.IsNull => null,
            { Kind: FieldKind.Metric } field => keys.Find(tx, field.Name) is { } key ? Metrics(key) : (Sql)$"SELECT r0.run_key FROM tracking_runs r0 WHERE 1 = 0",
            // Most searches for what is missing or different find most runs soon.
            { Kind: FieldKind.Dataset } when condition.Comparator is Comparator.NotEqual or Comparator.NotIn or Comparator.IsNull or Comparator.IsNotNull => null,
            // By the datasets, which are fewer than runs and than uses. A run may have used two digests of one name, and counts once.
            { Kind: FieldKind.Dataset } field =>
                $"""
                SELECT DISTINCT u.run_key FROM tracking_datasets d CROSS JOIN tracking_run_datasets u
                WHERE {Of(tx.Dialect, "d", experiments)} AND u.dataset_key = d.dataset_key AND {Comparisons.Text(tx.Dialect, field.Name == "context" ? "u.context" : "d." + field.Name, condition)}
                """,
            { Name: "run_id" } when condition.Comparator is Comparator.Equal or Comparator.In =>
                $"SELECT r0.run_key FROM tracking_runs r0 WHERE {Comparisons.Text(tx.Dialect, "r0.run_id", condition)}",
            { Name: "run_name" } when ByHead(tx.Dialect, "r0.name", condition) is { } name => Runs(name),
            { Name: "start_time" } when condition.Comparator is not (Comparator.NotEqual or Comparator.IsNull or Comparator.IsNotNull) => Runs(Comparisons.Number("r0.start_ms", condition)),
            _ => null,
        };

        Sql? Keys(string table) => condition.Comparator == Comparator.IsNotNull ? Named(table, Sql.Empty) : ByHead(tx.Dialect, "v.value", condition) is { } value ? Named(table, $"AND {value}") : null;

        Sql Named(string table, Sql value) =>
            $"SELECT v.run_key FROM {Comparisons.Literal(table)} v WHERE {Of(tx.Dialect, "v", experiments)} AND v.name = {condition.Field.Name} {value}";

        Sql Metrics(long key) => condition.Comparator == Comparator.IsNotNull
            ? (Sql)$"SELECT m.run_key FROM tracking_metric_latest m WHERE {Of(tx.Dialect, "m", experiments)} AND m.key_id = {key} AND m.is_nan IN (0, 1)"
            : $"SELECT m.run_key FROM tracking_metric_latest m WHERE {Of(tx.Dialect, "m", experiments)} AND m.key_id = {key} AND m.is_nan = 0 AND {Comparisons.Number("m.value", condition)}";

        Sql Runs(Sql clause) => $"SELECT r0.run_key FROM tracking_runs r0 WHERE {Of(tx.Dialect, "r0", experiments)} AND r0.deleted IN (0, 1) AND {clause}";
    }

    /// <summary>The rows of some experiments.</summary>
    public static Sql Of(ISqlDialect dialect, string table, IReadOnlyList<long> experiments) => experiments is [var one]
        ? (Sql)$"{Comparisons.Literal(table)}.experiment_id = {one}"
        : $"{Comparisons.Literal(table)}.experiment_id IN (SELECT value FROM {dialect.IntegerList(experiments)})";

    /// <summary>What the indexes on long values hold: the first 100 characters, counted as the databases count.</summary>
    public static string Head(string value)
    {
        var chars = 0;
        foreach (var rune in value.EnumerateRunes().Take(100)) { chars += rune.Utf16SequenceLength; }

        return value[..chars];
    }

    // The empty text keeps SQLite from putting the value into substr, which would then no longer be the index's expression.
    private static Sql? ByHead(ISqlDialect dialect, string column, Condition condition)
    {
        var values = condition.Comparator switch { Comparator.Equal => [condition.Text], Comparator.In => condition.List, _ => null };
        if (values is null) { return null; }

        // Of a short value the index holds everything.
        var rest = values.All(value => value.Length < 100) ? Sql.Empty : (Sql)$" AND {Comparisons.Text(dialect, column + " || ''", condition)}";
        return values is [var one]
            ? (Sql)$"substr({Comparisons.Literal(column)}, 1, 100) = {Head(one)}{rest}"
            : $"substr({Comparisons.Literal(column)}, 1, 100) IN (SELECT value FROM {dialect.TextList([.. values.Select(Head).Distinct(StringComparer.Ordinal)])}){rest}";
    }

    private static Sql Metric(Sql run, long key, Condition condition) => condition.Comparator switch
    {
        Comparator.IsNull => $"NOT EXISTS (SELECT 1 FROM tracking_metric_latest m WHERE m.run_key = {run} AND m.key_id = {key})",
        Comparator.IsNotNull => $"EXISTS (SELECT 1 FROM tracking_metric_latest m WHERE m.run_key = {run} AND m.key_id = {key})",
        _ =>
            $"""
            EXISTS (SELECT 1 FROM tracking_metric_latest m WHERE m.run_key = {run} AND m.key_id = {key}
                AND ({NotNan(condition)} {Comparisons.Number("m.value", condition)}))
            """,
    };

    private static Sql Keyed(ISqlDialect dialect, string table, Sql run, Condition condition) => condition.Comparator switch
    {
        Comparator.IsNull => $"NOT EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.run_key = {run} AND v.name = {condition.Field.Name})",
        Comparator.IsNotNull => $"EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.run_key = {run} AND v.name = {condition.Field.Name})",
        _ => $"EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.run_key = {run} AND v.name = {condition.Field.Name} AND {Comparisons.Text(dialect, "v.value", condition)})",
    };

    // True when one of the run's inputs meets the clause; each clause may be met by another input. What no input has is missing.
    private static Sql Dataset(ISqlDialect dialect, Condition condition)
    {
        var input = condition.Field.Name == "context"
            ? (Sql)$"SELECT 1 FROM tracking_run_datasets u WHERE u.run_key = r.run_key AND u.context IS NOT NULL"
            : $"SELECT 1 FROM tracking_run_datasets u JOIN tracking_datasets d ON d.dataset_key = u.dataset_key WHERE u.run_key = r.run_key";
        var column = condition.Field.Name == "context" ? "u.context" : "d." + condition.Field.Name;
        return condition.Comparator switch
        {
            Comparator.IsNull => $"NOT EXISTS ({input})",
            Comparator.IsNotNull => $"EXISTS ({input})",
            _ => $"EXISTS ({input} AND {Comparisons.Text(dialect, column, condition)})",
        };
    }

    // NaN differs from every number and compares with none.
    private static Sql NotNan(Condition condition) => Comparisons.Literal(condition.Comparator == Comparator.NotEqual ? "m.is_nan = 1 OR" : "m.is_nan = 0 AND");

    private static Sql Attribute(ISqlDialect dialect, Condition condition) => condition.Field.Name switch
    {
        "run_id" => Comparisons.Text(dialect, "r.run_id", condition),
        "run_name" => Comparisons.Text(dialect, "r.name", condition),
        "artifact_uri" => Comparisons.Text(dialect, "r.artifact_uri", condition),
        "user_id" => Comparisons.Text(dialect, "r.user_id", condition),
        "status" => $"r.status IN (SELECT value FROM {dialect.IntegerList([.. Statuses.Where(status => Meets(status, condition)).Select(status => (long)status)])})",
        "start_time" => Comparisons.Number("r.start_ms", condition),
        "end_time" => Comparisons.Number("r.end_ms", condition),
        _ => throw new InvalidOperationException($"No column for the attribute '{condition.Field.Name}'."),
    };

    private static bool Meets(RunStatus status, Condition condition)
    {
        var name = status.ToString().ToUpperInvariant();
        return condition.Comparator switch
        {
            Comparator.Equal => name == condition.Text,
            Comparator.NotEqual => name != condition.Text,
            Comparator.In => condition.List.Contains(name),
            Comparator.NotIn => !condition.List.Contains(name),
            Comparator.IsNull => false,
            Comparator.IsNotNull => true,
            _ => Comparisons.IsLike(name, condition.Text, condition.Comparator == Comparator.ILike),
        };
    }
}
