using System.Text.RegularExpressions;

namespace Slipway.Kernel;

/// <summary>The two words of schema files that differ between the databases.</summary>
internal static partial class SchemaWords
{
    [GeneratedRegex(@"\bBYTES\b")]
    public static partial Regex Bytes();

    [GeneratedRegex(@"\bTEXT\b")]
    public static partial Regex Text();
}
