using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Kernel;

namespace Slipway.Identity;

/// <summary>Rules of the names that people give; each returns what is wrong, or null.</summary>
internal static partial class Names
{
    public const int MaxPrincipalChars = 64;

    /// <summary>Names of people and service accounts: no colon, since Basic credentials end the name with one.</summary>
    public static string? PrincipalFault(string name) => PrincipalPattern().IsMatch(name)
        ? null
        : $"'{Shown(name)}' is no name of a person or service account; it has 1 to {MaxPrincipalChars} lower-case letters, digits, '.', '_', '-' or '@' and begins with a letter or digit.";

    public static string? WorkspaceFault(string name) => WorkspacePattern().IsMatch(name)
        ? null
        : $"'{Shown(name)}' is no name of a workspace; it has 1 to 63 lower-case letters, digits or '-' and begins and ends with a letter or digit.";

    /// <summary>Titles and display names: one line of any script, without control and invisible characters.</summary>
    public static string? TitleFault(string title)
    {
        if (title.Length is 0 or > Limits.NameChars) { return $"A title has 1 to {Limits.NameChars} characters; this one has {title.Length}."; }

        if (title.Trim().Length != title.Length) { return $"'{Shown(title)}' begins or ends with white space; take it away."; }

        return title.Any(c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            ? "A title is one line without control or invisible characters; take them away."
            : null;
    }

    /// <summary>The faults among those given, each with its field.</summary>
    public static List<Fault> Faults(params ReadOnlySpan<(string Field, string? Detail)> checks)
    {
        var faults = new List<Fault>();
        foreach (var (field, detail) in checks)
        {
            if (detail is not null) { faults.Add(new Fault(field, detail)); }
        }

        return faults;
    }

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._@-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PrincipalPattern();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex WorkspacePattern();
}
