using System.Text;
using Slipway.Kernel;

namespace Slipway.Datasets;

/// <summary>What a dataset may be called: it stands in addresses and on pages.</summary>
internal static class DatasetName
{
    public static Problem? Fault(string name) =>
        name.Length is 0 or > Limits.NameChars ? Wrong($"has {name.Length} characters; it has 1 to {Limits.NameChars}")
        : !Rune.GetRuneAt(name, 0).Equals(Rune.ReplacementChar) && name.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or '.') && Rune.IsLetterOrDigit(Rune.GetRuneAt(name, 0)) ? null
        : Wrong("may hold letters, digits, '-', '_' and '.', and begins with a letter or digit");

    private static Problem Wrong(string what) => Problem.Invalid("name", $"The name of a dataset {what}.");
}
