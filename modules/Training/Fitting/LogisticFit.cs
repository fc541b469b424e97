using MathNet.Numerics.LinearAlgebra;
using Slipway.Kernel;
using Slipway.Training.Design;

namespace Slipway.Training.Fitting;

/// <summary>
/// Logistic regression by iteratively reweighted least squares (McCullagh and Nelder, Generalized Linear Models, 2.5): each step is the weighted least squares of the
/// working response η + (y − p) / (p (1 − p)) with weights w p (1 − p), solved by QR. Standard errors come from the inverse of the observed information at the end.
/// </summary>
internal static class LogisticFit
{
    private const int MaxSteps = 30;

    // Largest change of the predictor per standard deviation of a term: at the end of a Newton iteration the next step would be its square.
    private const double Converged = 1e-9;

    /// <param name="label">1 or 0 per row; both occur.</param>
    /// <param name="ct">Asked before each step.</param>
    public static Result<Fit> Run(DesignMatrix design, double[] label, double[] weights, CancellationToken ct)
    {
        if (Separation.Find(design, label) is { } separated) { return separated; }

        if (Standardised.Of(design, weights).Fails(out var problem, out var space)) { return problem; }

        var values = space.Values;
        var estimates = Vector<double>.Build.Dense(values.ColumnCount);
        var share = WeightedMean(label, weights);
        estimates[0] = Math.Log(share / (1 - share));
        var deviance = Deviance(values * estimates, label, weights);
        Vector<double>? change = null;
        for (var step = 1; step <= MaxSteps; step++)
        {
            ct.ThrowIfCancellationRequested();
            var (next, inverse) = Step(values, estimates, label, weights);
            change = next - estimates;
            if (change.Any(value => !double.IsFinite(value))) { return Separation.Diverged(design, estimates); }

            var nextDeviance = Deviance(values * next, label, weights);
            for (var half = 0; nextDeviance > deviance + (1e-9 * deviance) && half < 20; half++)
            {
                ct.ThrowIfCancellationRequested();
                change /= 2;
                next = estimates + change;
                nextDeviance = Deviance(values * next, label, weights);
            }

            (estimates, deviance) = (next, nextDeviance);
            if (change.AbsoluteMaximum() <= Converged * (1 + estimates.AbsoluteMaximum()))
            {
                (_, inverse) = Step(values, estimates, label, weights);
                var (back, errors) = space.Back(estimates, inverse);
                return new Fit(back, errors, Measures(deviance, share, weights, estimates.Count, step), null);
            }
        }

        return Separation.Diverged(design, change!);
    }

    /// <summary>1 / (1 + e^(−η)).</summary>
    public static double Probability(double predictor) => 1 / (1 + Math.Exp(-predictor));

    private static (Vector<double> Next, Matrix<double> Inverse) Step(Matrix<double> values, Vector<double> estimates, double[] label, double[] weights)
    {
        var predictor = values * estimates;
        var scaled = values.Clone();
        var response = Vector<double>.Build.Dense(label.Length);
        for (var row = 0; row < label.Length; row++)
        {
            var p = Probability(predictor[row]);
            var variance = Math.Max(p * (1 - p), 1e-300);
            var root = Math.Sqrt(weights[row] * variance);
            response[row] = root * (predictor[row] + ((label[row] - p) / variance));
            for (var j = 0; j < scaled.ColumnCount; j++) { scaled[row, j] *= root; }
        }

        return LeastSquares.Solve(scaled, response);
    }

    /// <summary>−2 log-likelihood: Σ 2 w log(1 + e^(−η)) where the label is 1, Σ 2 w log(1 + e^η) where it is 0.</summary>
    private static double Deviance(Vector<double> predictor, double[] label, double[] weights)
    {
        var sum = 0.0;
        for (var row = 0; row < label.Length; row++)
        {
            var against = label[row] == 1 ? -predictor[row] : predictor[row];
            sum += 2 * weights[row] * (against > 0 ? against + double.LogP1(Math.Exp(-against)) : double.LogP1(Math.Exp(against)));
        }

        return sum;
    }

    private static Dictionary<string, double> Measures(double deviance, double share, double[] weights, int parameters, int steps)
    {
        var total = weights.Sum();
        var none = -2 * total * ((share * Math.Log(share)) + ((1 - share) * Math.Log(1 - share)));
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["rows"] = weights.Length,
            ["weight"] = total,
            ["iterations"] = steps,
            ["deviance"] = deviance,
            ["null_deviance"] = none,
            ["log_likelihood"] = -deviance / 2,
            ["aic"] = deviance + (2 * parameters),
            ["bic"] = deviance + (parameters * Math.Log(total)),
            ["mcfadden_r2"] = 1 - (deviance / none),
        };
    }

    private static double WeightedMean(double[] label, double[] weights) => label.Zip(weights, (value, weight) => value * weight).Sum() / weights.Sum();
}
