using System.Globalization;
using System.Text.Json;

namespace Slipway.Registry.Cards;

/// <summary>What a profile says of one column: single figures by name (<c>min</c>, <c>mean</c>, <c>nulls</c>, …), as they stand there.</summary>
/// <param name="Values">Every value that it holds, the most frequent first; empty when they are too many to be listed.</param>
internal sealed record ColumnProfile(string Name, IReadOnlyDictionary<string, string> Figures, IReadOnlyList<string> Values)
{
    private const int MaxColumns = 5_000;

    /// <summary>The columns of a profile document: <c>columns[]</c>, each with a name and figures, directly or in one object below.</summary>
    /// <exception cref="JsonException">It has no columns.</exception>
    public static IReadOnlyList<ColumnProfile> Parse(JsonElement profile)
    {
        if (profile.ValueKind != JsonValueKind.Object || !profile.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The profile has no list of columns.");
        }

        return [.. columns.EnumerateArray().Take(MaxColumns).Where(HasName).Select(Of)];
    }

    /// <summary><c>0 to 1</c>; for text, whose order says nothing, the values: <c>no, yes</c>. Null when they are not known.</summary>
    public string? Range => Figures.GetValueOrDefault("kind") == "text" ? Values.Count > 0 ? string.Join(", ", Values) : null
        : Figures.TryGetValue("min", out var min) && Figures.TryGetValue("max", out var max) ? $"{Short(min)} to {Short(max)}" : null;

    // Profiles write smallest and greatest value as text, with all digits.
    private static string Short(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Cards.Figures.Text(number) : value;

    private static ColumnProfile Of(JsonElement column)
    {
        JsonElement[] parts = [column, .. column.EnumerateObject().Select(part => part.Value).Where(part => part.ValueKind == JsonValueKind.Object)];
        var figures = parts.SelectMany(part => Leaves(part, "")).GroupBy(leaf => leaf.Key, StringComparer.Ordinal).ToDictionary(leaf => leaf.Key, leaf => leaf.First().Value, StringComparer.Ordinal);
        var top = parts.SelectMany(Top).ToList();
        return new ColumnProfile(column.GetProperty("name").GetString()!, figures, figures.GetValueOrDefault("distinct") == top.Count.ToString(CultureInfo.InvariantCulture) ? top : []);
    }

    private static IEnumerable<string> Top(JsonElement part) =>
        !part.TryGetProperty("top", out var top) || top.ValueKind != JsonValueKind.Array ? []
        : from value in top.EnumerateArray()
          where value.ValueKind == JsonValueKind.Object && value.TryGetProperty("value", out var text) && text.ValueKind == JsonValueKind.String
          select value.GetProperty("value").GetString();

    private static bool HasName(JsonElement column) =>
        column.ValueKind == JsonValueKind.Object && column.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String;

    private static IEnumerable<KeyValuePair<string, string>> Leaves(JsonElement value, string prefix) =>
        from property in value.EnumerateObject()
        where property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String && property.Name != "name"
        select new KeyValuePair<string, string>(prefix + property.Name, Shown(property.Value));

    private static string Shown(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : Cards.Figures.Text(value.GetDouble()) : value.GetString()!;
}
