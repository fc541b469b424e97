namespace Slipway.Datasets.Ports;

/// <summary>Counts in bins whose edges are quantiles of a reference: with the reference's own values, about the same number in each.</summary>
/// <param name="Bins">How many were asked for: 10, 20 or 50. Where many values are equal there are fewer.</param>
/// <param name="Edges">Inner edges, ascending, in the column's unit: the i-th bin holds values in (edge i − 1, edge i], the first everything up to its edge and the last everything above.</param>
/// <param name="Counts">Shape [edges + 1]; finite values only.</param>
public sealed record QuantileHistogram(int Bins, double[] Edges, long[] Counts)
{
    public static readonly IReadOnlyList<int> Sizes = [10, 20, 50];

    /// <summary>The place of a value's bin.</summary>
    public int Find(double value)
    {
        var at = Array.BinarySearch(Edges, value);
        return at < 0 ? ~at : at;
    }

    /// <summary>Null when the edges differ: counts of different bins cannot be added.</summary>
    public QuantileHistogram? Merge(QuantileHistogram other) =>
        Bins == other.Bins && Edges.AsSpan().SequenceEqual(other.Edges) ? this with { Counts = [.. Counts.Zip(other.Counts, (a, b) => a + b)] } : null;

    /// <summary>The same bins without values.</summary>
    public QuantileHistogram Emptied() => this with { Counts = new long[Edges.Length + 1] };
}
