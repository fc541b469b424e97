using System.Globalization;
using Slipway.Datasets.Engine;

namespace Slipway.Datasets.Tables;

/// <summary>
/// Types of text columns that no contract describes, by all their values: whole numbers, numbers, true/false, dates, times, and text for everything else. A column becomes
/// numbers only when nothing is lost: not with leading zeros (007 is a code), and not with more digits than a number holds. yes and no stay text.
/// </summary>
internal static class Detection
{
    private const int ColumnsPerQuery = 50;
    private const string Integer = "[+-]?(0|[1-9][0-9]*)";
    private const string Number = @"[+-]?(0|[1-9][0-9]*)?(\.[0-9]*)?([eE][+-]?[0-9]+)?";
    private const string LongDigits = @"[+-]?[0-9]{16,}(\..*)?";

    /// <param name="columns">Places of the text columns in <c>raw.parquet</c>.</param>
    /// <returns>DuckDB's type per place.</returns>
    public static async Task<IReadOnlyDictionary<int, string>> Run(Workbench bench, IReadOnlyList<int> columns, CancellationToken ct)
    {
        var found = new Dictionary<int, string>();
        foreach (var group in columns.Chunk(ColumnsPerQuery))
        {
            var row = await bench.Row($"SELECT {string.Join(", ", group.Select(Counts))} FROM read_parquet('{SourceFile.Raw}')", ct);
            for (var i = 0; i < group.Length; i++) { found[group[i]] = TypeOf([.. row.Skip(i * 6).Take(6).Select(value => Convert.ToInt64(value, CultureInfo.InvariantCulture))]); }
        }

        return found;
    }

    private static string Counts(int column)
    {
        var c = $"c{column}";
        return $"""
            count({c}), count(*) FILTER (WHERE regexp_full_match({c}, '{Integer}') AND TRY_CAST({c} AS BIGINT) IS NOT NULL),
            count(*) FILTER (WHERE regexp_full_match({c}, '{Number}') AND NOT regexp_full_match({c}, '{LongDigits}') AND TRY_CAST({c} AS DOUBLE) IS NOT NULL),
            count(*) FILTER (WHERE lower({c}) IN ('true', 'false')),
            count(*) FILTER (WHERE regexp_full_match({c}, '{Types.DatePattern}') AND TRY_CAST({c} AS DATE) IS NOT NULL),
            count(*) FILTER (WHERE regexp_full_match({c}, '{Types.TimestampPattern}') AND TRY_CAST({c} AS TIMESTAMP) IS NOT NULL)
            """;
    }

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
