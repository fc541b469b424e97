namespace Slipway.Monitoring.Statistics;

/// <summary>
/// Evidence that a share is above an edge: the mean of the likelihood ratios of shares θ above it, whose log-odds are those of the edge plus 0.05 to 6, against the edge. Each ratio's expectation is 1
/// at the edge and less below it.
/// </summary>
internal sealed class EdgeEvidence
{
    private const int Points = 24;
    private const double Nearest = 0.05, Farthest = 6;

    private readonly double[] _hit = new double[Points], _miss = new double[Points];

    /// <param name="edge">0 to 1; taken as at least 1e-6 away from both.</param>
    public EdgeEvidence(double edge)
    {
        var share = Math.Clamp(edge, 1e-6, 1 - 1e-6);
        var odds = Math.Log(share) - double.LogP1(-share);
        for (var i = 0; i < Points; i++)
        {
            var beyond = odds + (Nearest * Math.Pow(Farthest / Nearest, i / (Points - 1.0)));
            // ln of 1 / (1 + e⁻ˣ) and of 1 / (1 + eˣ).
            (_hit[i], _miss[i]) = (-double.LogP1(Math.Exp(-beyond)) - Math.Log(share), -double.LogP1(Math.Exp(beyond)) - double.LogP1(-share));
        }
    }

    /// <summary>Natural logarithm of the evidence after so many cases.</summary>
    public double Log(long cases, long hits)
    {
        Span<double> logs = stackalloc double[Points];
        var greatest = double.NegativeInfinity;
        for (var i = 0; i < Points; i++)
        {
            logs[i] = (hits * _hit[i]) + ((cases - hits) * _miss[i]);
            greatest = Math.Max(greatest, logs[i]);
        }

        var sum = 0.0;
        foreach (var log in logs) { sum += Math.Exp(log - greatest); }

        return greatest + Math.Log(sum / Points);
    }
}
