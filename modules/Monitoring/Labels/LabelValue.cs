using System.Globalization;
using System.Text.Json;
using Slipway.Monitoring.References;

namespace Slipway.Monitoring.Labels;

/// <summary>Outcomes as the training data writes them. Pure.</summary>
internal static class LabelValue
{
    // A long text stands in a sketch as its beginning and hash, which is longer than this.
    private const int LongestKnown = 200;
    private static readonly string[] Truths = ["true", "1", "yes"], Falsehoods = ["false", "0", "no"];

    /// <summary>The outcome as text, numbers in their shortest form; null when it is no single value.</summary>
    public static string? TextOf(JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.String => label.GetString(),
        JsonValueKind.Number => label.TryGetDouble(out var number) && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : label.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>
    /// Whether two texts mean one value: the same text, the same number (<c>1</c>, <c>1.0</c>, <c>1e0</c>), or a truth value and what is written for it: <c>true</c> is <c>1</c> or <c>yes</c>,
    /// <c>false</c> is <c>0</c> or <c>no</c>. <c>1</c> and <c>yes</c> are two values.
    /// </summary>
    public static bool Same(string label, string known) =>
        label == known || (Number(label) is { } number && Number(known) is { } other && number == other) || IsWritten(label, known) || IsWritten(known, label);

    /// <summary>Both values of the version's label, the positive one first; null when its records do not say exactly two, one of them the positive.</summary>
    public static (string Positive, string Negative)? Both(LoadedReference? reference)
    {
        if (reference is not { Data.Label: { Positive: { } positive } label, Sketch: { } sketch } || sketch.Find(label.Column) is not { Top: { IsComplete: true, Items: [var first, var second] } }) { return null; }

        if (first.Value.Length > LongestKnown || second.Value.Length > LongestKnown || Same(first.Value, positive) == Same(second.Value, positive)) { return null; }

        return (positive, Same(first.Value, positive) ? second.Value : first.Value);
    }

    private static bool IsWritten(string truth, string text) => truth switch
    {
        "true" => IsOneOf(Truths, text),
        "false" => IsOneOf(Falsehoods, text),
        _ => false,
    };

    private static bool IsOneOf(string[] words, string text) => words.Contains(text) || (Number(text) is { } number && Number(words[1]) == number);

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
