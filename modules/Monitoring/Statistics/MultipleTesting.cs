namespace Slipway.Monitoring.Statistics;

/// <summary>Many tests at once.</summary>
internal static class MultipleTesting
{
    /// <summary>
    /// Adjusted so that calling real what is at most α keeps the expected share of false calls at α (Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57, 1995):
    /// for the i-th smallest of k, the least of p(j) · k / j over j ≥ i, at most 1.
    /// </summary>
    /// <returns>In the order in which they came.</returns>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var least = 1.0;
        var rank = values.Count;
        foreach (var i in Enumerable.Range(0, values.Count).OrderByDescending(i => values[i]))
        {
            least = Math.Min(least, values[i] * values.Count / rank--);
            adjusted[i] = least;
        }

        return adjusted;
    }

    /// <summary>One p for several tests of one thing, valid whatever depends on what: the least times their number (Bonferroni), at most 1.</summary>
    public static double Combine(IReadOnlyList<double> values) => Math.Min(1, values.Min() * values.Count);
}
