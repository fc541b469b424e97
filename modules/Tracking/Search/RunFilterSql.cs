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
    public static Sql Where(ReadTx tx, MetricKeys keys, Condition condition) => condition.Field.Kind switch
    {
        FieldKind.Attribute => Attribute(tx.Dialect, condition),
        FieldKind.Metric when keys.Find(tx, condition.Field.Name) is { } key =>
            $"""
            EXISTS (SELECT 1 FROM tracking_metric_latest m WHERE m.run_key = r.run_key AND m.key_id = {key}
                AND ({NotNan(condition)} {Comparisons.Number("m.value", condition)}))
            """,
        FieldKind.Param => Keyed(tx.Dialect, "tracking_params", condition),
        FieldKind.Tag => Keyed(tx.Dialect, "tracking_tags", condition),
        FieldKind.Dataset => Dataset(tx.Dialect, condition),
        // A key that nobody logged.
        _ => Comparisons.Nothing,
    };

    /// <summary>
    /// The runs of one experiment that meet the clause, by an index, as <c>SELECT run_key …</c>; null when no index helps.
    /// </summary>
    public static Sql? Candidates(ReadTx tx, MetricKeys keys, long experimentId, Condition condition) => (condition.Field, condition.Comparator) switch
    {
        ({ Kind: FieldKind.Param }, Comparator.Equal) => ByValue("tracking_params", experimentId, condition),
        ({ Kind: FieldKind.Tag }, Comparator.Equal) => ByValue("tracking_tags", experimentId, condition),
        ({ Kind: FieldKind.Metric } field, not Comparator.NotEqual) when keys.Find(tx, field.Name) is { } key =>
            $"""
            SELECT m.run_key FROM tracking_metric_latest m
            WHERE m.experiment_id = {experimentId} AND m.key_id = {key} AND m.is_nan = 0 AND {Comparisons.Number("m.value", condition)}
            """,
        // A run may have used two digests of one name, and counts once.
        ({ Kind: FieldKind.Dataset, Name: "name" or "digest" } field, Comparator.Equal) =>
            $"""
            SELECT DISTINCT u.run_key FROM tracking_datasets d CROSS JOIN tracking_run_datasets u
            WHERE d.experiment_id = {experimentId} AND {Comparisons.Text(tx.Dialect, "d." + field.Name, condition)} AND u.dataset_key = d.dataset_key
            """,
        ({ Kind: FieldKind.Attribute, Name: "run_id" }, Comparator.Equal or Comparator.In) => $"SELECT r0.run_key FROM tracking_runs r0 WHERE {Comparisons.Text(tx.Dialect, "r0.run_id", condition)}",
        ({ Kind: FieldKind.Attribute, Name: "run_name" }, Comparator.Equal) =>
            $"""
            SELECT r0.run_key FROM tracking_runs r0
            WHERE r0.experiment_id = {experimentId} AND r0.deleted IN (0, 1) AND substr(r0.name, 1, 100) = {Head(condition.Text)}
            """,
        _ => null,
    };

    /// <summary>What the indexes on long values hold: the first 100 characters, counted as the databases count.</summary>
    public static string Head(string value)
    {
        var chars = 0;
        foreach (var rune in value.EnumerateRunes().Take(100)) { chars += rune.Utf16SequenceLength; }

        return value[..chars];
    }

    // The empty text keeps SQLite from putting the value into substr, which would then no longer be the index's expression.
    private static Sql ByValue(string table, long experimentId, Condition condition) =>
        $"""
        SELECT v.run_key FROM {Comparisons.Literal(table)} v
        WHERE v.experiment_id = {experimentId} AND v.name = {condition.Field.Name} AND substr(v.value, 1, 100) = {Head(condition.Text)} {Rest(condition.Text)}
        """;

    // Of a short value the index holds everything.
    private static Sql Rest(string value) => Head(value).Length == value.Length && value.Length < 100 ? Sql.Empty : $"AND v.value || '' = {value}";

    private static Sql Keyed(ISqlDialect dialect, string table, Condition condition) => condition.Comparator switch
    {
        Comparator.IsNull => $"NOT EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.run_key = r.run_key AND v.name = {condition.Field.Name})",
        Comparator.IsNotNull => $"EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.run_key = r.run_key AND v.name = {condition.Field.Name})",
        _ => $"EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.run_key = r.run_key AND v.name = {condition.Field.Name} AND {Comparisons.Text(dialect, "v.value", condition)})",
    };

    // True when one of the run's inputs meets the clause; each clause may be met by another input.
    private static Sql Dataset(ISqlDialect dialect, Condition condition) => condition.Field.Name == "context"
        ? (Sql)$"EXISTS (SELECT 1 FROM tracking_run_datasets u WHERE u.run_key = r.run_key AND {Comparisons.Text(dialect, "u.context", condition)})"
        : $"""
            EXISTS (SELECT 1 FROM tracking_run_datasets u JOIN tracking_datasets d ON d.dataset_key = u.dataset_key
            WHERE u.run_key = r.run_key AND {Comparisons.Text(dialect, "d." + condition.Field.Name, condition)})
            """;

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
            _ => Comparisons.IsLike(name, condition.Text, condition.Comparator == Comparator.ILike),
        };
    }
}
