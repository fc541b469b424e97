namespace Slipway.Datasets.Ports;

/// <summary>Numbers of a column, in the column's unit. Moments, quantiles and histograms are of the finite values.</summary>
/// <param name="Nans">Not a number (IEEE 754).</param>
/// <param name="PositiveInfinite">Plus infinity.</param>
/// <param name="NegativeInfinite">Minus infinity.</param>
/// <param name="Zeros">Equal to 0, minus zero included.</param>
/// <param name="Negatives">Finite and below 0.</param>
/// <param name="Moments">Up to the fourth.</param>
/// <param name="Quantiles">Of any order.</param>
/// <param name="Min">Smallest finite value; absent when there is none.</param>
/// <param name="Max">Largest finite value.</param>
/// <param name="Histograms">Bins at quantiles of a reference, with 10, 20 and 50 bins; absent when merged from profiles with different references.</param>
public sealed record NumberSketch(
    long Nans, long PositiveInfinite, long NegativeInfinite, long Zeros, long Negatives, Moments Moments, QuantileSketch Quantiles,
    double? Min = null, double? Max = null, IReadOnlyList<QuantileHistogram>? Histograms = null)
{
    /// <summary>The value at a share of the way from the smallest to the largest, as <see cref="QuantileSketch.Quantile"/> says.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>Null without finite values.</returns>
    public double? Quantile(double share) => Min is { } min && Max is { } max ? Math.Clamp(Quantiles.Quantile(share), min, max) : null;

    public NumberSketch Merge(NumberSketch other) => new(
        Nans + other.Nans, PositiveInfinite + other.PositiveInfinite, NegativeInfinite + other.NegativeInfinite, Zeros + other.Zeros, Negatives + other.Negatives,
        Moments.Merge(other.Moments), Quantiles.Merge(other.Quantiles), Least(Min, other.Min), Greatest(Max, other.Max), Merge(this, other));

    private static double? Least(double? left, double? right) => left is { } a && right is { } b ? Math.Min(a, b) : left ?? right;

    private static double? Greatest(double? left, double? right) => left is { } a && right is { } b ? Math.Max(a, b) : left ?? right;

    // No values have no reference either, so they fit every one.
    private static IReadOnlyList<QuantileHistogram>? Merge(NumberSketch left, NumberSketch right)
    {
        if (left.Moments.Count == 0 && left.Histograms is not null) { return right.Histograms; }

        if (right.Moments.Count == 0 && right.Histograms is not null) { return left.Histograms; }

        if (left.Histograms is null || right.Histograms is null || left.Histograms.Count != right.Histograms.Count) { return null; }

        var merged = left.Histograms.Zip(right.Histograms, (a, b) => a.Merge(b)).ToList();
        return merged.Contains(null) ? null : [.. merged.OfType<QuantileHistogram>()];
    }
}
