using System.Globalization;
using Slipway.Kernel;

namespace Slipway.Datasets.Odcs;

/// <summary>What a column may be called. Names are data: they are quoted wherever they stand in SQL.</summary>
internal static class ColumnName
{
    /// <summary>What is wrong, for a sentence that begins with the place; null when it is right.</summary>
    public static string? Fault(string name) =>
        name.Trim().Length == 0 ? "is empty"
        : name.Length > Limits.NameChars ? $"has {name.Length} characters; a column's name may have {Limits.NameChars}"
        : name.EnumerateRunes().Any(Hidden) ? "holds a character that cannot be seen; remove it"
        : null;

    /// <summary>Controls, marks that turn or join text, separators of lines, halves of pairs.</summary>
    internal static bool Hidden(System.Text.Rune rune) => rune == System.Text.Rune.ReplacementChar || System.Text.Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
