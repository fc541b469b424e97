using System.Text.Json.Serialization;
using Slipway.Datasets.Profile;

namespace Slipway.Datasets.Ports;

/// <summary>
/// Quantiles of finite numbers. Up to <see cref="MostExact"/> different values it keeps each with its count and is exact; beyond, it counts in bins of a relative width, so that a quantile is
/// within 0.5 % of a value of that rank (C. Masson, J. Rim, H. Lee, "DDSketch", VLDB 2019, section 2). Chosen over KLL because its merge is exactly associative and commutative. Of more than
/// <see cref="MostBins"/> bins on one side of zero those nearest to zero become one.
/// </summary>
/// <param name="Count">Values.</param>
/// <param name="Values">Different values, ascending; absent once there are too many.</param>
/// <param name="Counts">How often each occurs, shape [values].</param>
/// <param name="Zeros">Values equal to 0, once binned.</param>
/// <param name="Positive">Bins above zero, once binned.</param>
/// <param name="Negative">Bins of the absolute values below zero, once binned.</param>
public sealed record QuantileSketch(long Count, double[]? Values = null, long[]? Counts = null, long Zeros = 0, BinCounts? Positive = null, BinCounts? Negative = null)
{
    public const int MostExact = 2_048;
    public const int MostBins = 2_048;

    [JsonIgnore]
    public bool IsExact => Values is not null;

    /// <summary>The value at a share of the way from the smallest to the largest: while exact, interpolated linearly (R's type 7); otherwise the middle of the bin that holds that rank.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>NaN without values.</returns>
    public double Quantile(double share)
    {
        if (Count == 0) { return double.NaN; }

        var place = share * (Count - 1);
        var below = (long)Math.Floor(place);
        if (!IsExact) { return AtRank((long)Math.Round(place)); }

        var (low, high) = (ExactAt(below), ExactAt(Math.Min(below + 1, Count - 1)));
        return low + ((place - below) * (high - low));
    }

    public QuantileSketch Merge(QuantileSketch other)
    {
        if (IsExact && other.IsExact)
        {
            var counts = new SortedDictionary<double, long>();
            foreach (var (value, count) in Pairs().Concat(other.Pairs())) { counts[value] = counts.GetValueOrDefault(value) + count; }

            if (counts.Count <= MostExact) { return new QuantileSketch(Count + other.Count, [.. counts.Keys], [.. counts.Values]); }
        }

        var (a, b) = (Binned(), other.Binned());
        return new QuantileSketch(Count + other.Count, null, null, a.Zeros + b.Zeros, a.Positive!.Merge(b.Positive!), a.Negative!.Merge(b.Negative!));
    }

    /// <summary>All values, or the upper ends of all bins, with their counts.</summary>
    public IEnumerable<(double UpTo, long Count)> Ascending()
    {
        if (IsExact) { return Pairs(); }

        return
        [
            .. Negative!.Bins.Zip(Negative.Counts).Reverse().Select(bin => (-BinCounts.EndOf(bin.First - 1), bin.Second)),
            .. Zeros > 0 ? [(0, Zeros)] : Array.Empty<(double, long)>(),
            .. Positive!.Bins.Zip(Positive.Counts).Select(bin => (BinCounts.EndOf(bin.First), bin.Second)),
        ];
    }

    private IEnumerable<(double Value, long Count)> Pairs() => Values!.Zip(Counts!);

    /// <summary>The same values counted in bins, which are the same for all sketches.</summary>
    public QuantileSketch Binned()
    {
        if (!IsExact) { return this; }

        var builder = new QuantileSketchBuilder();
        foreach (var (value, count) in Pairs()) { builder.AddToBins(value, count); }

        return builder.Bins();
    }

    private double ExactAt(long rank)
    {
        var at = 0;
        for (var passed = Counts![0]; passed <= rank; passed += Counts[++at]) { }

        return Values![at];
    }

    private double AtRank(long rank)
    {
        var left = rank - Negative!.Total;
        if (left < 0) { return -Negative.AtRank(-left - 1); }

        left -= Zeros;
        return left < 0 ? 0 : Positive!.AtRank(left);
    }
}
