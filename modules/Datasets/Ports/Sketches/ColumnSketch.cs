using System.Text.Json.Serialization;
using Slipway.Datasets.Contracts;

namespace Slipway.Datasets.Ports;

/// <summary>What the values of one column look like.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Position">Place in the file, from 0; the smaller one after a merge.</param>
/// <param name="Kind">Kind of its values; <see cref="ColumnKind.Other"/> when merged from different ones.</param>
/// <param name="Count">Rows, the missing ones included.</param>
/// <param name="Nulls">Missing values.</param>
/// <param name="Types">Values by stored type, such as <c>DOUBLE</c>; missing ones left out.</param>
/// <param name="Distinct">Different values, estimated.</param>
/// <param name="Top">The most frequent values.</param>
/// <param name="Numbers">For numbers, and for dates and times as seconds since 1970 or midnight; absent otherwise.</param>
/// <param name="Texts">For text; absent otherwise.</param>
public sealed record ColumnSketch(
    string Name, int Position, ColumnKind Kind, long Count, long Nulls, SortedDictionary<string, long> Types, DistinctSketch Distinct, TopValues Top,
    NumberSketch? Numbers = null, TextSketch? Texts = null)
{
    /// <summary>Different values: exact while <see cref="Top"/> holds every one of them, otherwise estimated with a standard error of 1.6 %.</summary>
    [JsonIgnore]
    public long DistinctCount => Top.IsComplete ? Top.Items.Count : Distinct.Estimate();

    public ColumnSketch Merge(ColumnSketch other) => new(
        Name, Math.Min(Position, other.Position), Kind == other.Kind ? Kind : ColumnKind.Other, Count + other.Count, Nulls + other.Nulls,
        Sum(Types, other.Types), Distinct.Merge(other.Distinct), Top.Merge(other.Top),
        Numbers is null ? other.Numbers : other.Numbers is null ? Numbers : Numbers.Merge(other.Numbers),
        Texts is null ? other.Texts : other.Texts is null ? Texts : Texts.Merge(other.Texts));

    private static SortedDictionary<string, long> Sum(SortedDictionary<string, long> left, SortedDictionary<string, long> right)
    {
        var sum = new SortedDictionary<string, long>(left, StringComparer.Ordinal);
        foreach (var (type, count) in right) { sum[type] = sum.GetValueOrDefault(type) + count; }

        return sum;
    }
}
