using System.Text.Json.Serialization;

namespace Slipway.Datasets.Ports;

/// <summary>
/// Sums of powers of the deviations from the mean, merged by the formulas of P. Pébay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
/// statistical moments", Sandia report SAND2008-6212 (2008), equations 1.1, 2.1 and 3.1 for two sets.
/// </summary>
/// <param name="Count">Values, n.</param>
/// <param name="Mean">Arithmetic mean; 0 without values.</param>
/// <param name="M2">Σ (x − mean)².</param>
/// <param name="M3">Σ (x − mean)³.</param>
/// <param name="M4">Σ (x − mean)⁴.</param>
public sealed record Moments(long Count, double Mean, double M2, double M3, double M4)
{
    /// <summary>With n − 1 in the denominator; null below two values.</summary>
    [JsonIgnore]
    public double? Variance => Count < 2 ? null : M2 / (Count - 1);

    [JsonIgnore]
    public double? StandardDeviation => Variance is { } variance ? Math.Sqrt(variance) : null;

    /// <summary>g₁ = √n · M3 / M2^1.5; null when the values do not differ.</summary>
    [JsonIgnore]
    public double? Skewness => M2 > 0 ? Math.Sqrt(Count) * M3 / Math.Pow(M2, 1.5) : null;

    /// <summary>g₂ = n · M4 / M2² − 3, 0 for a normal distribution; null when the values do not differ.</summary>
    [JsonIgnore]
    public double? ExcessKurtosis => M2 > 0 ? (Count * M4 / (M2 * M2)) - 3 : null;

    public Moments Merge(Moments other)
    {
        if (other.Count == 0) { return this; }

        if (Count == 0) { return other; }

        // The same order whichever side is asked, so that the result is the same to the last bit.
        var (a, b) = Before(this, other) ? (this, other) : (other, this);
        double na = a.Count, nb = b.Count, n = na + nb;
        var d = b.Mean - a.Mean;
        var dn = d / n;
        return new Moments(
            a.Count + b.Count,
            a.Mean + (dn * nb),
            a.M2 + b.M2 + (d * dn * na * nb),
            a.M3 + b.M3 + (d * dn * dn * na * nb * (na - nb)) + (3 * dn * ((na * b.M2) - (nb * a.M2))),
            a.M4 + b.M4 + (d * dn * dn * dn * na * nb * ((na * na) - (na * nb) + (nb * nb))) + (6 * dn * dn * ((na * na * b.M2) + (nb * nb * a.M2))) + (4 * dn * ((na * b.M3) - (nb * a.M3))));
    }

    private static bool Before(Moments left, Moments right) =>
        (right.Count, left.Mean, left.M2, left.M3, left.M4).CompareTo((left.Count, right.Mean, right.M2, right.M3, right.M4)) <= 0;
}
