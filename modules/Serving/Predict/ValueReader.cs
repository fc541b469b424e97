using System.Text.Json;
using Slipway.Kernel;
using Slipway.Serving.Check;

namespace Slipway.Serving.Predict;

/// <summary>Reads single values of JSON into a column.</summary>
internal static class ValueReader
{
    private const int MostShown = 60;

    /// <summary>Adds the value that the reader stands on.</summary>
    /// <returns>The fault of a value of a wrong type; null when it was taken.</returns>
    public static Problem? Add(ref Utf8JsonReader json, InputColumn column)
    {
        var slot = column.Slot;
        switch (json.TokenType)
        {
            case JsonTokenType.Number when slot.IsNumber:
                column.Add(json.GetDouble());
                return null;
            case JsonTokenType.String when slot.Kind == FieldKind.Text:
                column.Add(Text(ref json, slot.Known));
                return null;
            case JsonTokenType.True or JsonTokenType.False when slot.Kind == FieldKind.Boolean:
                column.Add(json.TokenType == JsonTokenType.True ? "true" : "false");
                return null;
            case JsonTokenType.Null:
                column.AddMissing();
                return null;
            default:
                return Wrong(slot, Shown(ref json), (column.Count / slot.Width) + 1);
        }
    }

    /// <summary>A text or a whole number as text, such as of a unit; null for null and for anything else.</summary>
    public static string? Name(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString(),
        JsonTokenType.Number when json.TryGetInt64(out var number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    public static Problem Wrong(InputSlot slot, string shown, int row)
    {
        var right = slot.Kind switch { FieldKind.Text => "a text", FieldKind.Boolean => "true or false", FieldKind.Integer => "a whole number", _ => "a number" };
        return new Problem(400, "input_refused", $"Input '{slot.Name}' is {shown} in row {row}; it must be {right}.") { Field = slot.Name };
    }

    private static string Text(ref Utf8JsonReader json, IReadOnlyList<string> known)
    {
        for (var i = 0; i < known.Count; i++) { if (json.ValueTextEquals(known[i])) { return known[i]; } }

        return json.GetString()!;
    }

    private static string Shown(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String when json.GetString() is var text => $"the text '{(text!.Length > MostShown ? text[..MostShown] + "…" : text)}'",
        JsonTokenType.Number => $"the number {System.Text.Encoding.UTF8.GetString(json.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(json.ValueSequence) : json.ValueSpan)}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.StartObject => "an object",
        _ => "a list",
    };
}
