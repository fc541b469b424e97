using MathNet.Numerics;

namespace Slipway.Monitoring.Statistics;

/// <summary>Pearson's test of a table of two rows: whether both have the same shares (K. Pearson, Philosophical Magazine 50, 1900), without a continuity correction.</summary>
/// <param name="Statistic">Σ (observed − expected)² / expected.</param>
/// <param name="Degrees">Columns − 1.</param>
/// <param name="PValue">1 when there is nothing to compare.</param>
internal sealed record ChiSquare(double Statistic, int Degrees, double PValue)
{
    public static ChiSquare Of(IReadOnlyList<long> reference, IReadOnlyList<long> window)
    {
        var columns = reference.Zip(window).Where(column => column.First + column.Second > 0).ToList();
        double n = columns.Sum(column => column.First), m = columns.Sum(column => column.Second);
        if (columns.Count < 2 || n == 0 || m == 0) { return new ChiSquare(0, 0, 1); }

        var statistic = columns.Sum(column =>
        {
            var (of, at) = ((column.First + column.Second) * n / (n + m), (column.First + column.Second) * m / (n + m));
            return ((column.First - of) * (column.First - of) / of) + ((column.Second - at) * (column.Second - at) / at);
        });
        return new ChiSquare(statistic, columns.Count - 1, SpecialFunctions.GammaUpperRegularized((columns.Count - 1) / 2.0, statistic / 2));
    }
}
