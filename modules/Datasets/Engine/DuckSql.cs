using System.Globalization;

namespace Slipway.Datasets.Engine;

/// <summary>Text of clients in DuckDB's SQL: names and values are always quoted here, never by hand.</summary>
internal static class DuckSql
{
    public static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>Digits that read back as the same double; as DOUBLE, so that no decimal arithmetic creeps in.</summary>
    public static string Number(double value) => "CAST('" + value.ToString("R", CultureInfo.InvariantCulture) + "' AS DOUBLE)";

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
