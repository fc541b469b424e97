using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Ports;

/// <summary>
/// What the values of a table look like, column by column, in a form that can be merged: the sketch of two tables together comes from their two sketches. Merging is commutative and
/// associative: counts, ranges, distinct values and quantiles exactly, moments up to the rounding of doubles, frequent values within <see cref="TopValues.Slack"/>. Stored as JSON.
/// </summary>
/// <param name="Format">Name and version of this shape: <see cref="CurrentFormat"/>.</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Columns">By <see cref="ColumnSketch.Position"/>, then name.</param>
public sealed record TableSketch(string Format, long Rows, IReadOnlyList<ColumnSketch> Columns)
{
    public const string CurrentFormat = "slipway.sketch/1";

    // JSON has no digits for moments that overflowed: they are the strings NaN, Infinity and -Infinity.
    private static readonly JsonSerializerOptions Json = new(WireJson.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static TableSketch Of(long rows, IEnumerable<ColumnSketch> columns) =>
        new(CurrentFormat, rows, [.. columns.OrderBy(column => column.Position).ThenBy(column => column.Name, StringComparer.Ordinal)]);

    /// <summary>Null when there is no such column.</summary>
    public ColumnSketch? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The sketch of both tables' rows. Columns are matched by name; one that only one of them has is kept as it is.</summary>
    public TableSketch Merge(TableSketch other) => Of(
        Rows + other.Rows,
        Columns.Concat(other.Columns).GroupBy(column => column.Name, StringComparer.Ordinal).Select(same => same.Aggregate((left, right) => left.Merge(right))));

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">It is no sketch, or one of a later version.</exception>
    public static TableSketch Parse(ReadOnlySpan<byte> json)
    {
        var sketch = JsonSerializer.Deserialize<TableSketch>(json, Json);
        return sketch is { Format: CurrentFormat } ? sketch : throw new JsonException($"This is a '{sketch?.Format}'; a '{CurrentFormat}' was expected.");
    }
}
