using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Serving.Check;

internal enum FieldKind
{
    /// <summary>A number, with or without a fraction.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    Boolean,
    Text,
}

/// <summary>
/// What one value of an input must be: the type that the model takes, and what the contract of the data it was trained on says. Each <c>Fault</c> is what it must be, in words, or null when it is right.
/// </summary>
/// <param name="Name">Of the model's input.</param>
/// <param name="MayBeMissing">Only a number of a model that takes fractions may: a missing one is NaN to it.</param>
internal sealed record FieldRule(string Name, FieldKind Kind, bool MayBeMissing)
{
    private const int MostListed = 20;
    private HashSet<string>? _allowed;

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public double? ExclusiveMinimum { get; init; }

    public double? ExclusiveMaximum { get; init; }

    public double? MultipleOf { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    /// <summary>Of the whole value; takes time linear in it.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The only right values, as text; null = any.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>UCUM; null when the contract names none.</summary>
    public string? Unit { get; init; }

    public string? Fault(double value)
    {
        if (double.IsNaN(value)) { return MayBeMissing ? null : Expected; }

        if (!double.IsFinite(value)) { return Expected; }

        var inside = !(value < Minimum) && !(value > Maximum) && !(value <= ExclusiveMinimum) && !(value >= ExclusiveMaximum)
            && (Kind != FieldKind.Integer || value == Math.Truncate(value))
            && (MultipleOf is not { } step || Math.Abs((value / step) - Math.Round(value / step)) < 1e-9)
            && (Allowed is null || Listed.Contains(value.ToString("R", CultureInfo.InvariantCulture)));
        return inside ? null : Expected;
    }

    public string? Fault(string? value)
    {
        if (value is null) { return Expected; }

        var right = Kind == FieldKind.Boolean
            || (!(value.Length < MinLength) && !(value.Length > MaxLength) && (Pattern is null || Pattern.IsMatch(value)) && (Allowed is null || Listed.Contains(value)));
        return right ? null : Expected;
    }

    /// <summary>What is right, in words: <c>a number from 0 to 3 in '%'</c>.</summary>
    public string Expected
    {
        get
        {
            if (Allowed is { } values) { return $"one of {string.Join(", ", values.Take(MostListed))}{(values.Count > MostListed ? ", …" : "")}{In}"; }

            var kind = Kind switch { FieldKind.Number => "a number", FieldKind.Integer => "a whole number", FieldKind.Boolean => "true or false", _ => "a text" };
            string[] bounds =
            [
                .. Bound("at least", Minimum), .. Bound("above", ExclusiveMinimum), .. Bound("at most", Maximum), .. Bound("below", ExclusiveMaximum), .. Bound("a multiple of", MultipleOf),
                .. Bound("of at least", MinLength, " characters"), .. Bound("of at most", MaxLength, " characters"), .. Pattern is { } pattern ? [$"of the form {Shown(pattern)}"] : Array.Empty<string>(),
            ];
            return bounds.Length == 0 ? kind + In : $"{kind} {string.Join(" and ", bounds)}{In}";
        }
    }

    private string In => Unit is { } unit ? $" in '{unit}'" : "";

    private HashSet<string> Listed => _allowed ??= [.. Allowed!];

    private static IEnumerable<string> Bound(string words, double? value, string what = "") => value is { } bound ? [string.Create(CultureInfo.InvariantCulture, $"{words} {bound:R}{what}")] : [];

    // Built as ^(?:…)$ by FieldRules.
    private static string Shown(Regex pattern) => pattern.ToString()[4..^2];
}
