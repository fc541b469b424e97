using Slipway.Datasets.Contracts;
using Slipway.Datasets.Odcs;

namespace Slipway.Datasets.Tables;

/// <summary>How a value of one type becomes one of another: all or nothing, without rounding and without guessing.</summary>
internal static class Types
{
    public const string Text = "VARCHAR";
    private const string Wide64 = "UBIGINT";
    public const string IntegerPattern = "[+-]?[0-9]+";
    public const string NumberPattern = @"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?";
    public const string DatePattern = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    public const string TimestampPattern = @"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?";
    private const string TimePattern = @"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?";

    /// <summary>What a table may hold, after <see cref="Loaded"/>.</summary>
    public static ColumnKind KindOf(string type) => type switch
    {
        "BOOLEAN" => ColumnKind.Boolean,
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" => ColumnKind.Integer,
        "FLOAT" or "DOUBLE" => ColumnKind.Number,
        Text => ColumnKind.Text,
        "DATE" => ColumnKind.Date,
        "TIME" => ColumnKind.Time,
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => ColumnKind.Timestamp,
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => ColumnKind.Number,
        _ => ColumnKind.Other,
    };

    /// <summary>The expression by which a column of a file is loaded, and the type that it has then; null when no table can hold it.</summary>
    public static (string Expression, string Type)? Loaded(string column, string type)
    {
        if (KindOf(type) != ColumnKind.Other) { return (column, type); }

        var other = type == Wide64 ? "DECIMAL(20,0)" : type is "HUGEINT" or "UHUGEINT" ? "DECIMAL(38,0)" : type == "UUID" || type.StartsWith("ENUM", StringComparison.Ordinal) ? Text : null;
        return other is null ? null : ($"CAST({column} AS {other})", other);
    }

    public static string TargetOf(LogicalType type) => type switch
    {
        LogicalType.Integer => "BIGINT",
        LogicalType.Number => "DOUBLE",
        LogicalType.Boolean => "BOOLEAN",
        LogicalType.Date => "DATE",
        LogicalType.Timestamp => "TIMESTAMP",
        LogicalType.Time => "TIME",
        _ => Text,
    };

    /// <summary>What people read in an expectation.</summary>
    public static string Words(LogicalType type) => type switch
    {
        LogicalType.Integer => "a whole number",
        LogicalType.Number => "a number",
        LogicalType.Boolean => "true or false (also yes, no, 1, 0)",
        LogicalType.Date => "a date such as 2026-11-21",
        LogicalType.Timestamp => "a time such as 2026-11-21T12:30:00Z",
        LogicalType.Time => "a time of day such as 12:30:00",
        _ => "text",
    };

    /// <summary>An expression of the target's type; NULL where the value cannot be one.</summary>
    /// <param name="value">The source's expression.</param>
    public static string Cast(string value, string source, string target) => source == target ? value : source == Text ? OfText(value, target) : OfTyped(value, KindOf(source), target);

    /// <summary>The same for a text column whose values have all been found to be of the target's type.</summary>
    public static string CastKnown(string value, string target) => target == Text ? value : $"CAST({value} AS {target})";

    private static string OfText(string value, string target) => target switch
    {
        "BIGINT" => Matching(value, IntegerPattern, target),
        "DOUBLE" => Matching(value, NumberPattern, target),
        "DATE" => Matching(value, DatePattern, target),
        "TIMESTAMP" => Matching(value, TimestampPattern, target),
        "TIME" => Matching(value, TimePattern, target),
        _ => $"CASE WHEN lower(trim({value})) IN ('true', 'yes', 't', 'y', '1') THEN TRUE WHEN lower(trim({value})) IN ('false', 'no', 'f', 'n', '0') THEN FALSE END",
    };

    private static string Matching(string value, string pattern, string target) => $"CASE WHEN regexp_full_match(trim({value}), '{pattern}') THEN TRY_CAST(trim({value}) AS {target}) END";

    private static string OfTyped(string value, ColumnKind source, string target) => (source, target) switch
    {
        (ColumnKind.Integer, "BIGINT" or "DOUBLE") or (ColumnKind.Number, "DOUBLE") or (ColumnKind.Timestamp, "TIMESTAMP") or (ColumnKind.Date, "TIMESTAMP") => $"TRY_CAST({value} AS {target})",
        (ColumnKind.Number, "BIGINT") => $"CASE WHEN {value} = trunc({value}) THEN TRY_CAST({value} AS BIGINT) END",
        (ColumnKind.Integer, "BOOLEAN") => $"CASE {value} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END",
        (ColumnKind.Timestamp, "DATE") => $"CASE WHEN {value} = date_trunc('day', {value}) THEN TRY_CAST({value} AS DATE) END",
        _ => $"CAST(NULL AS {target})",
    };
}
