using System.Text.Json.Serialization;

namespace Slipway.Datasets.Ports;

/// <summary>Counts by bin: bin i holds absolute values in (γⁱ⁻¹, γⁱ] with γ = 1.005 / 0.995.</summary>
/// <param name="Bins">Numbers of the bins that are not empty, ascending.</param>
/// <param name="Counts">Shape [bins].</param>
public sealed record BinCounts(int[] Bins, long[] Counts)
{
    private const double Accuracy = 0.005;
    private const double Gamma = (1 + Accuracy) / (1 - Accuracy);
    private static readonly double LogGamma = Math.Log(Gamma);

    /// <summary>Values in all bins.</summary>
    [JsonIgnore]
    public long Total => Counts.Sum();

    /// <summary>The bin that a value falls into.</summary>
    /// <param name="size">An absolute value above zero.</param>
    public static int BinOf(double size) => (int)Math.Ceiling(Math.Log(size) / LogGamma);

    /// <summary>The largest absolute value of a bin.</summary>
    public static double EndOf(int bin) => Math.Pow(Gamma, bin);

    internal static BinCounts Of(SortedDictionary<int, long> counts)
    {
        var surplus = counts.Count - QuantileSketch.MostBins;
        if (surplus > 0)
        {
            var lowest = counts.Keys.Take(surplus + 1).ToList();
            var sum = lowest.Sum(bin => counts[bin]);
            foreach (var bin in lowest) { counts.Remove(bin); }

            counts[lowest[^1]] = sum;
        }

        return new BinCounts([.. counts.Keys], [.. counts.Values]);
    }

    /// <summary>The sum of both, bin by bin.</summary>
    public BinCounts Merge(BinCounts other)
    {
        var sum = new SortedDictionary<int, long>();
        foreach (var (bin, count) in Bins.Zip(Counts).Concat(other.Bins.Zip(other.Counts))) { sum[bin] = sum.GetValueOrDefault(bin) + count; }

        return Of(sum);
    }

    /// <summary>The absolute value in the bin of a rank, from 0 for the smallest: no value of the bin is further from it than 0.5 %.</summary>
    public double AtRank(long rank)
    {
        var at = 0;
        for (var passed = Counts[0]; passed <= rank; passed += Counts[++at]) { }

        return EndOf(Bins[at]) * (2 / (Gamma + 1));
    }
}
