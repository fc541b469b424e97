using MathNet.Numerics.LinearAlgebra;
using Slipway.Kernel;
using Slipway.Training.Design;

namespace Slipway.Training.Fitting;

/// <summary>Linear regression by least squares (QR); standard errors under equal variances, from the residual variance with Σw − p degrees of freedom.</summary>
internal static class LinearFit
{
    public static Result<Fit> Run(DesignMatrix design, double[] label, double[] weights, CancellationToken ct)
    {
        if (label.All(value => value == label[0])) { return Problem.Invalid("label.column", $"The label is {label[0]:R} in all {label.Length} rows; there is nothing to explain."); }

        if (Standardised.Of(design, weights).Fails(out var problem, out var space)) { return problem; }

        var degrees = weights.Sum() - space.Values.ColumnCount;
        if (degrees <= 0) { return Problem.Invalid("weight", $"The weights add up to {weights.Sum():R}; more than {space.Values.ColumnCount} is needed for as many coefficients."); }

        var scaled = space.Values.Clone();
        var response = Vector<double>.Build.Dense(label.Length);
        for (var row = 0; row < label.Length; row++)
        {
            var root = Math.Sqrt(weights[row]);
            response[row] = root * label[row];
            for (var j = 0; j < scaled.ColumnCount; j++) { scaled[row, j] *= root; }
        }

        ct.ThrowIfCancellationRequested();
        var (estimates, inverse) = LeastSquares.Solve(scaled, response);
        var residual = (response - (scaled * estimates)).DotProduct(response - (scaled * estimates));
        var (back, errors) = space.Back(estimates, inverse * (residual / degrees));
        return new Fit(back, errors, Measures(residual, label, weights, back.Length), degrees);
    }

    private static Dictionary<string, double> Measures(double residual, double[] label, double[] weights, int parameters)
    {
        var total = weights.Sum();
        var mean = label.Zip(weights, (value, weight) => value * weight).Sum() / total;
        var spread = label.Zip(weights, (value, weight) => weight * (value - mean) * (value - mean)).Sum();
        var (degrees, explained) = (total - parameters, 1 - (residual / spread));
        var likelihood = -total / 2 * (Math.Log(2 * Math.PI * residual / total) + 1);
        var f = parameters > 1 ? (spread - residual) / (parameters - 1) / (residual / degrees) : double.NaN;
        var measures = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["rows"] = weights.Length,
            ["weight"] = total,
            ["residual_sum_of_squares"] = residual,
            ["residual_standard_error"] = Math.Sqrt(residual / degrees),
            ["degrees_of_freedom"] = degrees,
            ["log_likelihood"] = likelihood,
            ["aic"] = (-2 * likelihood) + (2 * parameters),
            ["bic"] = (-2 * likelihood) + (parameters * Math.Log(total)),
            ["r2"] = explained,
            ["adjusted_r2"] = 1 - ((1 - explained) * (total - 1) / degrees),
        };
        if (double.IsFinite(f))
        {
            measures["f_statistic"] = f;
            measures["f_p_value"] = Tails.Fisher(f, parameters - 1, degrees);
        }

        return measures;
    }
}
