using Slipway.Training.Contracts;

namespace Slipway.Training.Fitting;

/// <summary>A fitted linear predictor: intercept + Σ estimate × term.</summary>
/// <param name="Estimates">The intercept first, then one per term.</param>
/// <param name="StandardErrors">In the same order.</param>
/// <param name="Measures">Of the fit on the training rows, by name.</param>
/// <param name="DegreesOfFreedom">Of the residuals, for Student's t; null = the normal distribution.</param>
internal sealed record Fit(double[] Estimates, double[] StandardErrors, IReadOnlyDictionary<string, double> Measures, double? DegreesOfFreedom)
{
    /// <summary>The predictor of one row.</summary>
    /// <param name="columns">One array per term.</param>
    public double Predictor(double[][] columns, int row)
    {
        var sum = Estimates[0];
        for (var i = 0; i < columns.Length; i++) { sum += Estimates[i + 1] * columns[i][row]; }

        return sum;
    }

    public IReadOnlyList<CoefficientView> Coefficients(IReadOnlyList<(string Name, string Feature)> terms)
    {
        var half = DegreesOfFreedom is { } degrees ? Tails.StudentQuantile(degrees) : Tails.NormalQuantile;
        return [.. Estimates.Select((estimate, i) =>
        {
            var (name, feature) = i == 0 ? ("(intercept)", null) : (terms[i - 1].Name, terms[i - 1].Feature);
            var error = StandardErrors[i];
            var statistic = estimate / error;
            var p = DegreesOfFreedom is { } df ? Tails.Student(statistic, df) : Tails.Normal(statistic);
            return new CoefficientView(name, estimate, error, statistic, p, estimate - (half * error), estimate + (half * error), feature);
        })];
    }
}
