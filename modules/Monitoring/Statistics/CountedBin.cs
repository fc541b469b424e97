namespace Slipway.Monitoring.Statistics;

/// <summary>Cases of one bin or level on both sides.</summary>
/// <param name="UpTo">Upper edge; null where there is none.</param>
internal sealed record CountedBin(string Label, double? UpTo, long Reference, long Window)
{
    public static IReadOnlyList<DriftBin> Shares(IReadOnlyList<CountedBin> bins)
    {
        double n = Math.Max(1, bins.Sum(bin => bin.Reference)), m = Math.Max(1, bins.Sum(bin => bin.Window));
        return [.. bins.Select(bin => new DriftBin(bin.Label, bin.UpTo, bin.Reference / n, bin.Window / m))];
    }

    public static PopulationStability Stability(IReadOnlyList<CountedBin> bins, double alpha) => PopulationStability.Of([.. bins.Select(bin => bin.Reference)], [.. bins.Select(bin => bin.Window)], alpha);

    public static ChiSquare Test(IReadOnlyList<CountedBin> bins) => ChiSquare.Of([.. bins.Select(bin => bin.Reference)], [.. bins.Select(bin => bin.Window)]);
}
