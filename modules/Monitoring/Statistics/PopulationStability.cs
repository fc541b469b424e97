using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Slipway.Monitoring.Statistics;

/// <summary>
/// The population stability index of counts in the same bins, Σ (p − q) ln(p / q) with the natural logarithm. Half a case is added to every bin on both sides, so that an empty bin counts for
/// what it is (few cases) and the indices of two windows of one size can be compared; bins that are empty on both sides are left out.
/// </summary>
/// <param name="Value">0 for the same shares.</param>
/// <param name="Cut">
/// What chance alone exceeds with probability α: (1/n + 1/m) times the 1 − α quantile of χ² with bins − 1 degrees of freedom (B. Yurdakul and J. Naranjo, "Statistical properties of the
/// population stability index", Journal of Risk Model Validation 14, 2020).
/// </param>
/// <param name="PValue">Of an index at least as large under the same distribution, by the same approximation.</param>
/// <param name="Expected">Its mean under the same distribution, by the same approximation: (1/n + 1/m) (bins − 1).</param>
internal sealed record PopulationStability(double Value, double Cut, double PValue, double Expected)
{
    private const double Half = 0.5;

    /// <param name="reference">Cases per bin.</param>
    /// <param name="window">Cases in the same bins.</param>
    /// <param name="alpha">Above 0, below 1.</param>
    public static PopulationStability Of(IReadOnlyList<long> reference, IReadOnlyList<long> window, double alpha)
    {
        var bins = reference.Zip(window).Where(bin => bin.First + bin.Second > 0).ToList();
        double n = bins.Sum(bin => bin.First), m = bins.Sum(bin => bin.Second);
        if (bins.Count < 2 || n == 0 || m == 0) { return new PopulationStability(0, 0, 1, 0); }

        var value = Index([.. bins.Select(bin => (bin.First + Half) / (n + (bins.Count * Half)))], [.. bins.Select(bin => (bin.Second + Half) / (m + (bins.Count * Half)))]);
        var (scale, degrees) = ((1 / n) + (1 / m), bins.Count - 1);
        return new PopulationStability(value, scale * ChiSquared.InvCDF(degrees, 1 - alpha), SpecialFunctions.GammaUpperRegularized(degrees / 2.0, value / scale / 2), scale * degrees);
    }

    /// <summary>The index of shares as they are.</summary>
    /// <param name="p">All above 0.</param>
    /// <param name="q">All above 0.</param>
    public static double Index(double[] p, double[] q) => p.Zip(q, (then, now) => (then - now) * Math.Log(then / now)).Sum();
}
