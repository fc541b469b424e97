using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Tables;

namespace Slipway.Datasets.Statistics;

/// <summary>What the values of every column look like, by SQL over the view <c>v</c>.</summary>
internal static class ColumnStatistics
{
    public static readonly double[] QuantilesAt = [0.05, 0.25, 0.5, 0.75, 0.95];
    private const int MostPerQuery = 100;

    // Exact quantiles keep their values in memory.
    private const long CellsPerQuery = 10_000_000;
    private const int Bins = 20;
    private const int TopValues = 20;
    private const int ShownChars = 200;
    private const int Figures = 8;

    /// <summary>One per column, by place.</summary>
    public static async Task<IReadOnlyList<ColumnStatisticsView>> Run(Workbench bench, TypedTable table, CancellationToken ct)
    {
        var all = new List<ColumnStatisticsView>();
        var perQuery = (int)Math.Clamp(CellsPerQuery / Math.Max(1, table.Rows), 1, MostPerQuery);
        foreach (var group in table.Columns.Chunk(perQuery))
        {
            var row = await bench.Row($"SELECT {string.Join(", ", group.Select(Aggregates))} FROM v", ct);
            var distinct = await Distinct(bench, group, ct);
            var first = group.Select((column, i) => Read(column, table.Rows, distinct[i], row.AsSpan(i * Figures, Figures))).ToList();
            var histograms = await Histograms(bench, group, first, ct);
            var tops = await Tops(bench, group, first, ct);
            all.AddRange(first.Select((figures, i) => figures with { Histogram = histograms[i], Top = tops[i] }));
        }

        return all;
    }

    private static string Aggregates(TableColumn column)
    {
        var t = column.Typed;
        if (!IsNumber(column)) { return $"count({t}), 0, left(CAST(min({t}) AS VARCHAR), {ShownChars}), left(CAST(max({t}) AS VARCHAR), {ShownChars}), NULL, NULL, NULL, NULL"; }

        var number = $"CAST({t} AS DOUBLE)";
        var finite = $"CASE WHEN isfinite({number}) THEN {number} END";
        var largest = column.Kind == ColumnKind.Number ? $"CASE WHEN NOT isnan({number}) THEN {t} END" : t;

        // No FILTER: each one makes DuckDB set aside room for all columns of the query.
        return $"""
            count({t}), count_if(isnan({number})), CAST(min({t}) AS VARCHAR), CAST(max({largest}) AS VARCHAR),
            avg({finite}), stddev_samp({finite}), quantile_cont({finite}, [{string.Join(", ", QuantilesAt.Select(DuckSql.Number))}]), [min({finite}), max({finite})]
            """;
    }

    private static ColumnStatisticsView Read(TableColumn column, long rows, long distinct, ReadOnlySpan<object?> figures)
    {
        var present = DuckSql.Whole(figures[0]);
        var quantiles = figures[6] is Array list ? list.Cast<double>().ToList() : null;
        return new ColumnStatisticsView(
            rows, rows - present, DuckSql.Whole(figures[1]), distinct, figures[2] as string, figures[3] as string, Finite(figures[4]), Finite(figures[5]), quantiles)
        {
            Histogram = IsNumber(column) && figures[7] is Array range && range.Cast<object?>().ToList() is [double low, double high] && double.IsFinite(high - low) ? [new HistogramBinView(low, high, 0)] : null,
        };
    }

    // count(DISTINCT …) would keep a table of its own in memory for every column.
    private static async Task<long[]> Distinct(Workbench bench, TableColumn[] columns, CancellationToken ct)
    {
        var counts = new long[columns.Length];
        var values = Unnested([.. Enumerable.Range(0, columns.Length)], i => $"CAST({columns[i].Typed} AS VARCHAR)");
        await bench.ForEach($"SELECT i, count(*) FROM (SELECT DISTINCT i, x FROM ({values}) WHERE x IS NOT NULL) GROUP BY i", row => counts[DuckSql.Whole(row(0))] = DuckSql.Whole(row(1)), ct);
        return counts;
    }

    // The range of each column stands in a first bin without a count, from Read.
    private static async Task<HistogramBinView[]?[]> Histograms(Workbench bench, TableColumn[] columns, List<ColumnStatisticsView> figures, CancellationToken ct)
    {
        var all = figures.Select(known => known.Histogram is [var range] ? Empty(range.From, range.To) : null).ToArray();
        var places = Enumerable.Range(0, columns.Length).Where(i => all[i] is not null).ToList();
        if (places.Count == 0) { return all; }

        var place = $"least({List(places, i => DuckSql.Number(all[i]!.Length - 1))}, floor((x - {List(places, i => DuckSql.Number(all[i]![0].From))}) / {List(places, i => DuckSql.Number(Width(all[i]!)))}))";
        await bench.ForEach($"SELECT i, CAST({place} AS BIGINT) AS bin, count(*) FROM ({Unnested(places, i => $"CAST({columns[i].Typed} AS DOUBLE)")}) WHERE isfinite(x) GROUP BY i, bin", row =>
        {
            var bins = all[places[(int)DuckSql.Whole(row(0))]]!;
            var bin = (int)Math.Max(0, DuckSql.Whole(row(1)));
            bins[bin] = bins[bin] with { Count = bins[bin].Count + DuckSql.Whole(row(2)) };
        }, ct);
        return all;
    }

    private static HistogramBinView[] Empty(double from, double to)
    {
        var bins = from == to ? 1 : Bins;
        var width = (to - from) / bins;
        return [.. Enumerable.Range(0, bins).Select(bin => new HistogramBinView(from + (bin * width), bin == bins - 1 ? to : from + ((bin + 1) * width), 0))];
    }

    // Where all values are equal, any width puts them into the one bin.
    private static double Width(HistogramBinView[] bins) => bins.Length == 1 ? 1 : (bins[^1].To - bins[0].From) / bins.Length;

    private static async Task<List<ValueCountView>?[]> Tops(Workbench bench, TableColumn[] columns, List<ColumnStatisticsView> figures, CancellationToken ct)
    {
        // Where nearly all values differ, the most frequent ones say nothing.
        var all = figures.Select(known => (known.Count - known.Nulls) is var present && present > 0 && (known.Distinct <= TopValues || known.Distinct * 2 <= present) ? new List<ValueCountView>() : null).ToArray();
        var places = Enumerable.Range(0, columns.Length).Where(i => all[i] is not null).ToList();
        if (places.Count == 0) { return all; }

        await bench.ForEach(
            $"""
            SELECT i, x, count(*) AS n FROM ({Unnested(places, i => $"left(CAST({columns[i].Typed} AS VARCHAR), {ShownChars})")}) WHERE x IS NOT NULL GROUP BY i, x
            QUALIFY row_number() OVER (PARTITION BY i ORDER BY n DESC, x) <= {TopValues} ORDER BY i, n DESC, x
            """,
            row => all[places[(int)DuckSql.Whole(row(0))]]!.Add(new ValueCountView((string)row(1)!, DuckSql.Whole(row(2)))), ct);
        return all;
    }

    // One value per row, x of the i-th column: one pass and one table of groups for all columns.
    private static string Unnested(List<int> places, Func<int, string> expression) =>
        $"SELECT unnest(range({places.Count})) AS i, unnest([{string.Join(", ", places.Select(expression))}]) AS x FROM v";

    /// <summary>The constant of the i-th column.</summary>
    private static string List(List<int> places, Func<int, string> constant) => $"[{string.Join(", ", places.Select(constant))}][i + 1]";

    private static bool IsNumber(TableColumn column) => column.Kind is ColumnKind.Integer or ColumnKind.Number;

    private static double? Finite(object? value) => value is double number && double.IsFinite(number) ? number : null;
}
