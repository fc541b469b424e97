using System.Globalization;

namespace Slipway.Datasets.Engine;

/// <summary>Text of clients in DuckDB's SQL: names and values are always quoted here, never by hand.</summary>
internal static class DuckSql
{
    public static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>Digits that read back as the same double; as DOUBLE, so that no decimal arithmetic creeps in.</summary>
    public static string Number(double value) => "CAST('" + value.ToString("R", CultureInfo.InvariantCulture) + "' AS DOUBLE)";

    /// <summary>A count that came back: counts are BIGINT or HUGEINT, and null over no rows.</summary>
    public static long Whole(object? value) => value is Int128 wide ? (long)wide : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
