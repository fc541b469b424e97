using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Tables;

namespace Slipway.Datasets.Statistics;

/// <summary>What the values of every column look like, by SQL over the view <c>v</c>.</summary>
internal static class ColumnStatistics
{
    public static readonly double[] QuantilesAt = [0.05, 0.25, 0.5, 0.75, 0.95];
    private const int ColumnsPerQuery = 20;
    private const int Bins = 20;
    private const int TopValues = 20;
    private const int ShownChars = 200;
    private const int Figures = 9;

    /// <summary>One per column, by place.</summary>
    public static async Task<IReadOnlyList<ColumnStatisticsView>> Run(Workbench bench, TypedTable table, CancellationToken ct)
    {
        var all = new List<ColumnStatisticsView>();
        foreach (var group in table.Columns.Chunk(ColumnsPerQuery))
        {
            var row = await bench.Row($"SELECT {string.Join(", ", group.Select(Aggregates))} FROM v", ct);
            var first = group.Select((column, i) => Read(column, table.Rows, row.AsSpan(i * Figures, Figures))).ToList();
            var histograms = await Histograms(bench, group, first, ct);
            var tops = await Tops(bench, group, first, ct);
            all.AddRange(first.Select((figures, i) => figures with { Histogram = histograms[i], Top = tops[i] }));
        }

        return all;
    }

    private static string Aggregates(TableColumn column)
    {
        var t = column.Typed;
        if (!IsNumber(column)) { return $"count({t}), 0, count(DISTINCT {t}), left(CAST(min({t}) AS VARCHAR), {ShownChars}), left(CAST(max({t}) AS VARCHAR), {ShownChars}), NULL, NULL, NULL, NULL"; }

        var number = $"CAST({t} AS DOUBLE)";
        var finite = $"FILTER (WHERE isfinite({number}))";
        return $"""
            count({t}), count(*) FILTER (WHERE isnan({number})), count(DISTINCT {t}), CAST(min({t}) AS VARCHAR), CAST(max({t}) {(column.Kind == ColumnKind.Number ? $"FILTER (WHERE NOT isnan({number}))" : "")} AS VARCHAR),
            avg({number}) {finite}, stddev_samp({number}) {finite}, quantile_cont({number}, [{string.Join(", ", QuantilesAt.Select(DuckSql.Number))}]) {finite}, [min({number}) {finite}, max({number}) {finite}]
            """;
    }

    private static ColumnStatisticsView Read(TableColumn column, long rows, ReadOnlySpan<object?> figures)
    {
        var present = Whole(figures[0]);
        var quantiles = figures[7] is Array list ? list.Cast<double>().ToList() : null;
        return new ColumnStatisticsView(
            rows, rows - present, Whole(figures[1]), Whole(figures[2]), figures[3] as string, figures[4] as string, Finite(figures[5]), Finite(figures[6]), quantiles)
        {
            Histogram = IsNumber(column) && figures[8] is Array range && range.Cast<object?>().ToList() is [double low, double high] && double.IsFinite(high - low) ? [new HistogramBinView(low, high, 0)] : null,
        };
    }

    // The range of each column stands in a first bin without a count, from Read.
    private static async Task<HistogramBinView[]?[]> Histograms(Workbench bench, TableColumn[] columns, List<ColumnStatisticsView> figures, CancellationToken ct)
    {
        var all = new HistogramBinView[]?[columns.Length];
        var queries = new List<string>();
        for (var i = 0; i < columns.Length; i++)
        {
            if (figures[i].Histogram is not [var range]) { continue; }

            var bins = range.From == range.To ? 1 : Bins;
            var width = (range.To - range.From) / bins;
            all[i] = [.. Enumerable.Range(0, bins).Select(bin => new HistogramBinView(range.From + (bin * width), bin == bins - 1 ? range.To : range.From + ((bin + 1) * width), 0))];
            var (number, from) = ($"CAST({columns[i].Typed} AS DOUBLE)", DuckSql.Number(range.From));
            var place = bins == 1 ? "0" : $"least({bins - 1}, CAST(floor(({number} - {from}) / {DuckSql.Number(width)}) AS BIGINT))";
            queries.Add($"SELECT {i} AS i, {place} AS bin, count(*) AS n FROM g WHERE isfinite({number}) GROUP BY bin");
        }

        if (queries.Count == 0) { return all; }

        await bench.ForEach($"{Together(columns)} {string.Join(" UNION ALL ", queries)}", row =>
        {
            var bins = all[Whole(row(0))]!;
            var bin = (int)Math.Max(0, Whole(row(1)));
            bins[bin] = bins[bin] with { Count = bins[bin].Count + Whole(row(2)) };
        }, ct);
        return all;
    }

    private static async Task<List<ValueCountView>?[]> Tops(Workbench bench, TableColumn[] columns, List<ColumnStatisticsView> figures, CancellationToken ct)
    {
        var all = new List<ValueCountView>?[columns.Length];
        var queries = new List<string>();
        for (var i = 0; i < columns.Length; i++)
        {
            // Where nearly all values differ, the most frequent ones say nothing.
            var present = figures[i].Count - figures[i].Nulls;
            if (present == 0 || (figures[i].Distinct > TopValues && figures[i].Distinct * 2 > present)) { continue; }

            all[i] = [];
            var text = $"left(CAST({columns[i].Typed} AS VARCHAR), {ShownChars})";
            queries.Add($"(SELECT {i} AS i, {text} AS value, count(*) AS n FROM g WHERE {columns[i].Typed} IS NOT NULL GROUP BY value ORDER BY n DESC, value LIMIT {TopValues})");
        }

        if (queries.Count == 0) { return all; }

        await bench.ForEach($"{Together(columns)} SELECT * FROM ({string.Join(" UNION ALL ", queries)}) ORDER BY i, n DESC, value", row => all[Whole(row(0))]!.Add(new ValueCountView((string)row(1)!, Whole(row(2)))), ct);
        return all;
    }

    // Read once for all columns of a query: with many columns, looking up the view is what takes the time.
    private static string Together(TableColumn[] columns) => $"WITH g AS MATERIALIZED (SELECT {string.Join(", ", columns.Select(column => column.Typed))} FROM v)";

    private static bool IsNumber(TableColumn column) => column.Kind is ColumnKind.Integer or ColumnKind.Number;

    private static long Whole(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static double? Finite(object? value) => value is double number && double.IsFinite(number) ? number : null;
}
