using System.Text.RegularExpressions;

namespace Slipway.Pipelines.Definitions;

/// <summary>What names in a definition may be. They are data, except that names of files become names in the working folder of a step.</summary>
internal static partial class DefinitionRules
{
    public const int MaxDescriptionChars = 2_000;

    public static string? PipelineFault(string name) => Pipeline().IsMatch(name)
        ? null
        : $"'{Cut(name)}' is no name of a pipeline; it has 1 to 100 letters, digits, '-', '_' and '.', and begins with a letter or digit.";

    public static string? StepFault(string name) => Step().IsMatch(name)
        ? null
        : $"'{Cut(name)}' is no name of a step; it has 1 to 60 letters, digits, '-' and '_', and begins with a letter.";

    public static string? OutputFault(string name) => Step().IsMatch(name)
        ? null
        : $"'{Cut(name)}' is no name of an input or output; it has 1 to 60 letters, digits, '-' and '_', and begins with a letter.";

    /// <summary>Relative, below one folder, without links of any kind in the name: each part begins with a letter or digit, so <c>..</c> and hidden files are none.</summary>
    public static string? FileFault(string name) => name.Length <= 200 && File().IsMatch(name)
        ? null
        : $"'{Cut(name)}' is no name of a file beside the definition; it is relative, of letters, digits, '-', '_' and '.', each part beginning with a letter or digit.";

    public static string Cut(string text) => text.Length > 60 ? text[..60] + "…" : text;

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}\z")]
    private static partial Regex Pipeline();

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9_-]{0,59}\z")]
    private static partial Regex Step();

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9._-]*(/[a-zA-Z0-9][a-zA-Z0-9._-]*){0,5}\z")]
    private static partial Regex File();
}
