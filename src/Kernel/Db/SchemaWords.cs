using System.Text.RegularExpressions;

namespace Slipway.Kernel;

/// <summary>The words of schema files that differ between the databases.</summary>
internal static partial class SchemaWords
{
    [GeneratedRegex(@"\bBYTES\b")]
    public static partial Regex Bytes();

    [GeneratedRegex(@"\bTEXT\b")]
    public static partial Regex Text();

    /// <summary><c>JSON_FIELD(column, 'name')</c>: a text of the object that a column holds as JSON; null where there is none.</summary>
    [GeneratedRegex(@"\bJSON_FIELD\((\w+), '(\w+)'\)")]
    public static partial Regex JsonField();

    /// <summary><c>INDEX_OF(text, part)</c>: where the part begins, from 1; 0 = nowhere.</summary>
    [GeneratedRegex(@"\bINDEX_OF\(")]
    public static partial Regex IndexOf();
}
