using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Slipway.Training.Fitting;

/// <summary>Two-sided tail probabilities and the quantiles of 95 % intervals.</summary>
internal static class Tails
{
    /// <summary>The 97.5 % quantile of the standard normal distribution.</summary>
    public const double NormalQuantile = 1.959963984540054;

    /// <summary>P(|Z| ≥ |z|) = erfc(|z| / √2).</summary>
    public static double Normal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(|T| ≥ |t|) = I(ν / (ν + t²); ν/2, 1/2), the regularised incomplete beta function (Abramowitz and Stegun 26.7.1).</summary>
    public static double Student(double t, double degrees) => double.IsNaN(t) ? double.NaN : SpecialFunctions.BetaRegularized(degrees / 2, 0.5, degrees / (degrees + (t * t)));

    /// <summary>P(F ≥ f) for the F distribution (Abramowitz and Stegun 26.6.2).</summary>
    public static double Fisher(double f, double numerator, double denominator) =>
        SpecialFunctions.BetaRegularized(denominator / 2, numerator / 2, denominator / (denominator + (numerator * f)));

    /// <summary>The 97.5 % quantile of Student's t.</summary>
    public static double StudentQuantile(double degrees) => StudentT.InvCDF(0, 1, degrees, 0.975);
}
