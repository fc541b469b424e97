using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.LoggedModels;

/// <summary>Clauses and orders of a search as SQL over <c>tracking_models l</c>.</summary>
internal static class LoggedModelSql
{
    private const string StatusPrefix = "LOGGED_MODEL_";

    // As filters name them: MLflow's enum without its prefix, and its older word for the last.
    private static readonly (LoggedModelStatus Status, string Name)[] Statuses =
    [
        (LoggedModelStatus.Pending, "PENDING"), (LoggedModelStatus.Ready, "READY"), (LoggedModelStatus.UploadFailed, "UPLOAD_FAILED"), (LoggedModelStatus.UploadFailed, "FAILED"),
    ];

    /// <summary>True for the models that meet the clause.</summary>
    public static Sql Where(ReadTx tx, MetricKeys keys, Condition condition, IReadOnlyList<NamedDataset> datasets) => condition.Field.Kind switch
    {
        FieldKind.Attribute => Attribute(tx.Dialect, condition),
        FieldKind.Metric when keys.Find(tx, condition.Field.Name) is { } key => Metric(key, condition, datasets),
        FieldKind.Param => Keyed(tx.Dialect, "tracking_model_params", condition),
        FieldKind.Tag => Keyed(tx.Dialect, "tracking_model_tags", condition),
        // A key that nobody logged.
        _ => condition.Comparator == Comparator.IsNull ? (Sql)$"1 = 1" : Comparisons.Nothing,
    };

    /// <summary>True for the models of which anything was measured on one of the datasets.</summary>
    public static Sql Measured(IReadOnlyList<NamedDataset> datasets) => $"EXISTS (SELECT 1 FROM tracking_model_metrics m WHERE m.model_key = l.model_key{OnDatasets(datasets)})";

    /// <summary>
    /// What a search goes by, as columns <c>c0</c>, <c>c1</c>, … of a selection <c>x</c>, each with a comma before it, and the order over them: numbers before NaN before what is missing, whatever
    /// the direction; then the newest, then by id, so that no two models are equal.
    /// </summary>
    public static (Sql Selected, List<OrderColumn> Order) Order(ReadTx tx, MetricKeys keys, IReadOnlyList<LoggedModelOrder> orders)
    {
        var (selected, order) = (Sql.Empty, new List<OrderColumn>());
        foreach (var one in orders)
        {
            if (one.Field.Kind == FieldKind.Metric)
            {
                var key = keys.Find(tx, one.Field.Name) ?? 0;
                Add($"COALESCE({Latest("m.is_nan", key, one)}, 2)", false);
                Add(Latest("m.value", key, one), one.Descending);
            }
            else { Add(Comparisons.Literal(Column(one.Field.Name)), one.Descending); }
        }

        Add($"l.created_ms", true);
        Add($"l.model_id", false);
        return (selected, order);

        void Add(Sql value, bool descending)
        {
            selected.AppendLiteral(", ");
            selected.AppendFormatted(value);
            selected.AppendLiteral($" AS c{order.Count}");
            order.Add(new OrderColumn($"x.c{order.Count}", descending));
        }
    }

    private static Sql Latest(string column, long key, LoggedModelOrder order) =>
        $"""
        (SELECT {Comparisons.Literal(column)} FROM tracking_model_metrics m
        WHERE m.model_key = l.model_key AND m.key_id = {key}{OnDatasets(order.Dataset is { } dataset ? [dataset] : [])} ORDER BY m.step DESC, m.time_ms DESC, m.value DESC LIMIT 1)
        """;

    private static Sql OnDatasets(IReadOnlyList<NamedDataset> datasets)
    {
        if (datasets.Count == 0) { return Sql.Empty; }

        Sql any = $" AND (1 = 0";
        foreach (var dataset in datasets)
        {
            any.AppendFormatted(string.IsNullOrEmpty(dataset.Digest)
                ? (Sql)$" OR m.dataset_name = {dataset.Name}"
                : $" OR (m.dataset_name = {dataset.Name} AND m.dataset_digest = {dataset.Digest})");
        }

        any.AppendLiteral(")");
        return any;
    }

    private static Sql Metric(long key, Condition condition, IReadOnlyList<NamedDataset> datasets)
    {
        var measured = (Sql)$"SELECT 1 FROM tracking_model_metrics m WHERE m.model_key = l.model_key AND m.key_id = {key}{OnDatasets(datasets)}";
        return condition.Comparator switch
        {
            Comparator.IsNull => $"NOT EXISTS ({measured})",
            Comparator.IsNotNull => $"EXISTS ({measured})",
            _ => $"EXISTS ({measured} AND ({NotNan(condition)} {Comparisons.Number("m.value", condition)}))",
        };
    }

    private static Sql Keyed(ISqlDialect dialect, string table, Condition condition) => condition.Comparator switch
    {
        Comparator.IsNull => $"NOT EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.model_key = l.model_key AND v.name = {condition.Field.Name})",
        Comparator.IsNotNull => $"EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.model_key = l.model_key AND v.name = {condition.Field.Name})",
        _ => $"EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} v WHERE v.model_key = l.model_key AND v.name = {condition.Field.Name} AND {Comparisons.Text(dialect, "v.value", condition)})",
    };

    // NaN differs from every number and compares with none.
    private static Sql NotNan(Condition condition) => Comparisons.Literal(condition.Comparator == Comparator.NotEqual ? "m.is_nan = 1 OR" : "m.is_nan = 0 AND");

    private static Sql Attribute(ISqlDialect dialect, Condition condition) => condition.Field.Name switch
    {
        "status" => $"l.status IN (SELECT value FROM {dialect.IntegerList(StatusesOf(condition))})",
        "creation_timestamp" or "last_updated_timestamp" => Comparisons.Number(Column(condition.Field.Name), condition),
        var name => Comparisons.Text(dialect, Column(name), condition),
    };

    private static List<long> StatusesOf(Condition condition)
    {
        var negative = condition.Comparator is Comparator.NotEqual or Comparator.NotIn;
        var named = Statuses.Where(status => Names(status.Name, condition)).Select(status => (long)status.Status).ToHashSet();
        return [.. Statuses.Select(status => (long)status.Status).Distinct().Where(status => named.Contains(status) != negative)];
    }

    private static bool Names(string name, Condition condition)
    {
        string[] forms = [name, StatusPrefix + name];
        return condition.Comparator switch
        {
            Comparator.Equal or Comparator.NotEqual => forms.Contains(condition.Text),
            Comparator.IsNull => false,
            Comparator.IsNotNull => true,
            Comparator.In or Comparator.NotIn => forms.Any(form => condition.List.Contains(form)),
            _ => Array.Exists(forms, form => Comparisons.IsLike(form, condition.Text, condition.Comparator == Comparator.ILike)),
        };
    }

    private static string Column(string attribute) => attribute switch
    {
        "creation_timestamp" => "l.created_ms",
        "last_updated_timestamp" => "l.updated_ms",
        "name" or "model_id" or "model_type" or "status" or "source_run_id" => "l." + attribute,
        _ => throw new InvalidOperationException($"No column for the attribute '{attribute}'."),
    };
}
