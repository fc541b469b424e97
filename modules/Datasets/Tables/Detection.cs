using System.Globalization;
using Slipway.Datasets.Engine;

namespace Slipway.Datasets.Tables;

/// <summary>
/// Types of text columns that no contract describes, by all their values: whole numbers, numbers, true/false, dates, times, and text for everything else. A column becomes
/// numbers only when nothing is lost: not with leading zeros (007 is a code), and not with more digits than a number holds. yes and no stay text.
/// </summary>
internal static class Detection
{
    private const int ColumnsPerQuery = 200;
    private const int Kinds = 6;
    private const string Integer = "[+-]?(0|[1-9][0-9]*)";
    private const string Number = @"[+-]?(0|[1-9][0-9]*)?(\.[0-9]*)?([eE][+-]?[0-9]+)?";
    private const string LongDigits = @"[+-]?[0-9]{16,}(\..*)?";

    /// <param name="columns">Places of the text columns in <c>raw.parquet</c>.</param>
    /// <returns>DuckDB's type per place.</returns>
    public static async Task<IReadOnlyDictionary<int, string>> Run(Workbench bench, IReadOnlyList<int> columns, CancellationToken ct)
    {
        var found = columns.ToDictionary(column => column, _ => Types.Text);
        foreach (var group in columns.Chunk(ColumnsPerQuery))
        {
            await bench.ForEach(Counts(group), row => found[group[DuckSql.Whole(row(0))]] = TypeOf([.. Enumerable.Range(1, Kinds).Select(kind => DuckSql.Whole(row(kind)))]), ct);
        }

        return found;
    }

    // One value per row, so that each pattern is compiled once and not once per column.
    private static string Counts(int[] columns) =>
        $"""
        SELECT i, count(v), count_if(regexp_full_match(v, '{Integer}') AND TRY_CAST(v AS BIGINT) IS NOT NULL),
            count_if(regexp_full_match(v, '{Number}') AND NOT regexp_full_match(v, '{LongDigits}') AND TRY_CAST(v AS DOUBLE) IS NOT NULL),
            count_if(lower(v) IN ('true', 'false')),
            count_if(regexp_full_match(v, '{Types.DatePattern}') AND TRY_CAST(v AS DATE) IS NOT NULL),
            count_if(regexp_full_match(v, '{Types.TimestampPattern}') AND TRY_CAST(v AS TIMESTAMP) IS NOT NULL)
        FROM (SELECT unnest(range({columns.Length})) AS i, unnest([{string.Join(", ", columns.Select(column => $"c{column}"))}]) AS v FROM read_parquet('{SourceFile.Raw}')) GROUP BY i
        """;

    private static string TypeOf(long[] counts)
    {
        var all = counts[0];
        return all == 0 ? Types.Text
            : counts[1] == all ? "BIGINT"
            : counts[2] == all ? "DOUBLE"
            : counts[3] == all ? "BOOLEAN"
            : counts[4] == all ? "DATE"
            : counts[5] == all ? "TIMESTAMP"
            : Types.Text;
    }
}
