using System.Data.Common;
using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Tracking.Search;

/// <summary>One column of an order: text of ours over <c>r</c> and the joins <c>o0</c>, <c>o1</c>, ….</summary>
internal sealed record OrderColumn(string Text, bool Descending = false)
{
    public override string ToString() => Descending ? Text + " DESC" : Text;
}

/// <summary>
/// The order of a search as columns, and pages by position in it: a page begins after a run, found by the values that the run has in these columns, so that what is added or deleted
/// meanwhile neither repeats nor hides another.
/// </summary>
internal static class RunOrder
{
    /// <summary>The orders from <paramref name="skip"/> on, missing values last whatever the direction, then the newest start, then the run id: no two runs are equal in all of them.</summary>
    public static List<OrderColumn> Columns(IReadOnlyList<Order> orders, int skip) =>
        [.. orders.Select(Of).Skip(skip).SelectMany(columns => columns), new OrderColumn("r.start_ms", true), new OrderColumn("r.run_id")];

    /// <summary>The values of a row that was selected by the columns, from <paramref name="first"/> on.</summary>
    public static List<object?> Values(DbDataReader row, int first, int count) => [.. Enumerable.Range(first, count).Select(i => row.IsDBNull(i) ? null : row.GetValue(i))];

    /// <summary><c>AND …</c>: what stands after these values. The first column is also bounded by itself, which an index can use.</summary>
    /// <param name="values">Null = missing, as in every row that is equal so far.</param>
    public static Sql After(IReadOnlyList<OrderColumn> columns, IReadOnlyList<object?> values)
    {
        Sql? rest = null;
        for (var i = columns.Count - 1; i >= 0; i--)
        {
            if (values[i] is not { } value) { continue; }

            var (column, sign) = (Comparisons.Literal(columns[i].Text), Comparisons.Literal(columns[i].Descending ? "<" : ">"));
            rest = rest is null ? (Sql)$"{column} {sign} {Hole(value)}" : $"({column} {sign} {Hole(value)} OR ({Comparisons.Literal(columns[i].Text)} = {Hole(value)} AND {rest}))";
        }

        var bound = values[0] is { } lead ? (Sql)$"AND {Comparisons.Literal(columns[0].Text)} {Comparisons.Literal(columns[0].Descending ? "<=" : ">=")} {Hole(lead)}" : Sql.Empty;
        return $"{bound} AND {rest!}";
    }

    private static OrderColumn[] Of(Order order, int i)
    {
        var (alias, descending) = ($"o{i}", order.Descending);
        return (order.Field.Kind, order.Field.Name) switch
        {
            (FieldKind.Metric, _) => [new($"CASE WHEN {alias}.run_key IS NULL THEN 2 ELSE {alias}.is_nan END"), new($"{alias}.value", descending)],
            (FieldKind.Param or FieldKind.Tag, _) => [new($"CASE WHEN {alias}.value IS NULL THEN 1 ELSE 0 END"), new($"{alias}.value", descending)],
            (_, "start_time") => [new("r.start_ms", descending)],
            (_, "end_time") => [new("CASE WHEN r.end_ms IS NULL THEN 1 ELSE 0 END"), new("r.end_ms", descending)],
            (_, "run_name") => [new("substr(r.name, 1, 100)", descending), new("r.name", descending)],
            // By the names of the states, as clients see them.
            (_, "status") => [new("CASE r.status WHEN 4 THEN 0 WHEN 3 THEN 1 WHEN 5 THEN 2 WHEN 1 THEN 3 ELSE 4 END", descending)],
            (_, "run_id") => [new("r.run_id", descending)],
            (_, "user_id") => [new("r.user_id", descending)],
            (_, "artifact_uri") => [new("r.artifact_uri", descending)],
            _ => throw new InvalidOperationException($"No column for the order by '{order.Field.Name}'."),
        };
    }

    private static Sql Hole(object value) => value switch
    {
        long number => (Sql)$"{number}",
        int number => $"{(long)number}",
        double number => $"{number}",
        string text => $"{text}",
        _ => throw new InvalidOperationException($"No order has values of {value.GetType()}."),
    };
}
