using MathNet.Numerics;

namespace Slipway.Training.Statistics;

/// <summary>
/// The x with I(x; a, b) = p, the quantile of the beta distribution: Newton's method inside a bracket that bisection keeps, so it always ends and ends exact to a few units
/// of the last place of I.
/// </summary>
internal static class BetaQuantile
{
    /// <param name="p">0 to 1.</param>
    /// <param name="a">At least 0.5.</param>
    /// <param name="b">At least 0.5.</param>
    public static double Of(double p, double a, double b)
    {
        if (p <= 0) { return 0; }

        if (p >= 1) { return 1; }

        var (low, high, x) = (0.0, 1.0, a / (a + b));
        var logBeta = SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
        for (var step = 0; step < 200; step++)
        {
            var off = SpecialFunctions.BetaRegularized(a, b, x) - p;
            if (off == 0) { return x; }

            if (off > 0) { high = x; }
            else { low = x; }

            var density = Math.Exp(((a - 1) * Math.Log(x)) + ((b - 1) * double.LogP1(-x)) - logBeta);
            var next = x - (off / density);
            if (!(next > low && next < high)) { next = (low + high) / 2; }

            if (Math.Abs(next - x) <= 2e-16 * Math.Max(x, 1e-300) || next == low || next == high) { return next; }

            x = next;
        }

        return x;
    }
}
