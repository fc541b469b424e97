namespace Slipway.Datasets.Ports;

/// <summary>Text of a column. Lengths are in Unicode characters (scalar values).</summary>
/// <param name="Empty">Texts without any character.</param>
/// <param name="Lengths">Moments of the lengths.</param>
/// <param name="MinLength">Of the shortest; absent when there is none.</param>
/// <param name="MaxLength">Of the longest.</param>
/// <param name="Min">The first one by UTF-16 code units, at most the first 200 of them; absent when there is none.</param>
/// <param name="Max">The last one.</param>
public sealed record TextSketch(long Empty, Moments Lengths, int? MinLength = null, int? MaxLength = null, string? Min = null, string? Max = null)
{
    public TextSketch Merge(TextSketch other) => new(
        Empty + other.Empty,
        Lengths.Merge(other.Lengths),
        MinLength is { } a && other.MinLength is { } b ? Math.Min(a, b) : MinLength ?? other.MinLength,
        MaxLength is { } c && other.MaxLength is { } d ? Math.Max(c, d) : MaxLength ?? other.MaxLength,
        Min is null || (other.Min is not null && string.CompareOrdinal(other.Min, Min) < 0) ? other.Min : Min,
        Max is null || (other.Max is not null && string.CompareOrdinal(other.Max, Max) > 0) ? other.Max : Max);
}
