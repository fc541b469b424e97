using Slipway.Datasets.Ports;

namespace Slipway.Monitoring.Statistics;

/// <summary>The two-sample test of Kolmogorov and Smirnov: D is the greatest distance between two empirical distribution functions.</summary>
internal static class KolmogorovSmirnov
{
    // n · m steps of a few nanoseconds.
    private const long MostSteps = 1_000_000;

    /// <summary>
    /// D of two sketches. Exact while both keep their values; otherwise both are read at the ends of the same bins, so D is too small by at most the share of the fullest bin and p is too large
    /// rather than too small.
    /// </summary>
    public static double Distance(QuantileSketch reference, QuantileSketch window) => reference.IsExact && window.IsExact
        ? Distance(reference.Ascending(), window.Ascending())
        : Distance(reference.Binned().Ascending(), window.Binned().Ascending());

    /// <param name="reference">Values with their counts, ascending; equal ones may stand apart.</param>
    /// <param name="window">The same.</param>
    public static double Distance(IEnumerable<(double UpTo, long Count)> reference, IEnumerable<(double UpTo, long Count)> window)
    {
        var (a, b) = (reference.ToList(), window.ToList());
        double n = a.Sum(step => step.Count), m = b.Sum(step => step.Count), distance = 0;
        long passedA = 0, passedB = 0;
        for (var (i, j) = (0, 0); i < a.Count && j < b.Count;)
        {
            var value = Math.Min(a[i].UpTo, b[j].UpTo);
            for (; i < a.Count && a[i].UpTo == value; i++) { passedA += a[i].Count; }

            for (; j < b.Count && b[j].UpTo == value; j++) { passedB += b[j].Count; }

            distance = Math.Max(distance, Math.Abs((passedA / n) - (passedB / m)));
        }

        return distance;
    }

    /// <summary>P(D ≥ d) when both samples come from one continuous distribution; at most that where values are equal. Exact for n · m up to a million, else <see cref="LimitP"/>.</summary>
    public static double P(double distance, long n, long m) => n == 0 || m == 0 ? 1 : n * (double)m <= MostSteps ? ExactP(distance, n, m) : LimitP(distance, n, m);

    /// <summary>
    /// Exact: of all orders in which n and m values can come, the share that at some point puts the two distribution functions d apart (J. Hodges, "The significance probability of the Smirnov
    /// two-sample test", Arkiv för Matematik 3, 1957). Of the orders of i and j values i / (i + j) end with one of the i; all terms are positive, so small probabilities are exact too.
    /// </summary>
    public static double ExactP(double distance, long n, long m)
    {
        var reach = Math.Ceiling((distance * n * m) - 1e-6);
        var share = new double[m + 1];
        for (long i = 0; i <= n; i++)
        {
            for (long j = 0; j <= m; j++)
            {
                share[j] = Math.Abs(((double)i * m) - ((double)j * n)) >= reach ? 1
                    : i + j == 0 ? 0
                    : ((i * share[j]) + (j == 0 ? 0 : j * share[j - 1])) / (i + j);
            }
        }

        return share[m];
    }

    /// <summary>Kolmogorov's limit with M. Stephens' correction for finite samples (Journal of the Royal Statistical Society B 32, 1970): λ = (√N + 0.12 + 0.11 / √N) D, N = nm / (n + m).</summary>
    public static double LimitP(double distance, long n, long m)
    {
        var root = Math.Sqrt(n * (double)m / (n + m));
        var lambda = (root + 0.12 + (0.11 / root)) * distance;
        // Below it the series converges slowly, and 1 − p is under 1e-5.
        if (lambda < 0.3) { return 1; }

        var sum = 0.0;
        for (var k = 1; k <= 20; k++) { sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * lambda * lambda); }

        return Math.Clamp(sum, 0, 1);
    }
}
