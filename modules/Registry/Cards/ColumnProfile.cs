using System.Globalization;
using System.Text.Json;

namespace Slipway.Registry.Cards;

/// <summary>What a profile says of one column: single figures by name (<c>min</c>, <c>mean</c>, <c>nulls</c>, …), as they stand there.</summary>
internal sealed record ColumnProfile(string Name, IReadOnlyDictionary<string, string> Figures)
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

        return [.. columns.EnumerateArray().Take(MaxColumns).Where(HasName).Select(column => new ColumnProfile(
            column.GetProperty("name").GetString()!,
            Leaves(column, "").Concat(column.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Object).SelectMany(part => Leaves(part.Value, "")))
                .GroupBy(leaf => leaf.Key, StringComparer.Ordinal).ToDictionary(leaf => leaf.Key, leaf => leaf.First().Value, StringComparer.Ordinal)))];
    }

    /// <summary><c>0 to 1</c>; null when smallest and greatest value are not both known.</summary>
    public string? Range => Figures.TryGetValue("min", out var min) && Figures.TryGetValue("max", out var max) ? $"{min} to {max}" : null;

    private static bool HasName(JsonElement column) =>
        column.ValueKind == JsonValueKind.Object && column.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String;

    private static IEnumerable<KeyValuePair<string, string>> Leaves(JsonElement value, string prefix) =>
        from property in value.EnumerateObject()
        where property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String && property.Name != "name"
        select new KeyValuePair<string, string>(prefix + property.Name, Shown(property.Value));

    private static string Shown(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : Cards.Figures.Text(value.GetDouble()) : value.GetString()!;
}
