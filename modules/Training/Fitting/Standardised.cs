using MathNet.Numerics.LinearAlgebra;
using Slipway.Kernel;
using Slipway.Training.Design;

namespace Slipway.Training.Fitting;

/// <summary>
/// The design matrix with every term centred on its mean and divided by its standard deviation, the intercept first: so that a term in cents and one in years are fitted
/// alike well. Estimates of this space go back by β(j) = γ(j) / s(j), β(0) = γ(0) − Σ γ(j) m(j) / s(j), and their covariance by the same linear map.
/// </summary>
internal sealed class Standardised
{
    // A column whose part that the columns before it cannot explain is smaller than this share of its length is a combination of them.
    private const double Dependent = 1e-8;
    private readonly double[] _means;
    private readonly double[] _deviations;

    private Standardised(DesignMatrix design, double[] means, double[] deviations, Matrix<double> values) =>
        (Design, _means, _deviations, Values) = (design, means, deviations, values);

    public DesignMatrix Design { get; }

    /// <summary>Rows × (1 + terms).</summary>
    public Matrix<double> Values { get; }

    /// <summary>Refuses terms that hold one value only or that others already say.</summary>
    public static Result<Standardised> Of(DesignMatrix design, double[] weights)
    {
        var count = design.Terms.Count;
        if (design.Rows <= count + 1)
        {
            return Problem.Invalid("features", $"{design.Rows} rows cannot carry {count} terms and an intercept; more rows or fewer features are needed.");
        }

        var (means, deviations) = (new double[count], new double[count]);
        var values = Matrix<double>.Build.Dense(design.Rows, count + 1, 1);
        var faults = new List<Fault>();
        for (var j = 0; j < count; j++)
        {
            var column = design.Columns[j];
            means[j] = column.Average();
            deviations[j] = Math.Sqrt(column.Sum(value => (value - means[j]) * (value - means[j])) / column.Length);
            if (deviations[j] <= Math.Abs(means[j]) * 1e-13)
            {
                faults.Add(new Fault("features", $"Term '{design.Terms[j].Name}' of feature '{design.Terms[j].Feature}' has the same value ({column[0]:R}) in all {design.Rows} rows; it explains nothing: leave it out."));
                continue;
            }

            for (var row = 0; row < column.Length; row++) { values[row, j + 1] = (column[row] - means[j]) / deviations[j]; }
        }

        if (faults.Count > 0) { return Problem.Invalid(faults); }

        var made = new Standardised(design, means, deviations, values);
        return made.Collinear(weights) is { } problem ? problem : made;
    }

    /// <summary>Estimates and standard errors of the terms as they were given.</summary>
    public (double[] Estimates, double[] Errors) Back(Vector<double> estimates, Matrix<double> covariance)
    {
        var size = estimates.Count;
        var map = Matrix<double>.Build.Dense(size, size);
        map[0, 0] = 1;
        for (var j = 1; j < size; j++)
        {
            map[j, j] = 1 / _deviations[j - 1];
            map[0, j] = -_means[j - 1] / _deviations[j - 1];
        }

        var spread = map * covariance * map.Transpose();
        return ((map * estimates).ToArray(), [.. Enumerable.Range(0, size).Select(j => Math.Sqrt(spread[j, j]))]);
    }

    /// <summary>In R of a QR factorisation, |r(j,j)| is the length of what column j adds to the ones before it.</summary>
    private Problem? Collinear(double[] weights)
    {
        var scaled = Values.Clone();
        for (var j = 0; j < scaled.ColumnCount; j++)
        {
            for (var row = 0; row < scaled.RowCount; row++) { scaled[row, j] *= Math.Sqrt(weights[row]); }

            var length = scaled.Column(j).L2Norm();
            if (length > 0) { scaled.SetColumn(j, scaled.Column(j) / length); }
        }

        var r = LeastSquares.Triangle(scaled);
        for (var j = 1; j < r.ColumnCount; j++)
        {
            if (Math.Abs(r[j, j]) > Dependent) { continue; }

            var shares = LeastSquares.SolveUpper(r.SubMatrix(0, j, 0, j), r.Column(j, 0, j));
            string[] others = [.. Enumerable.Range(1, j - 1).Where(i => Math.Abs(shares[i]) > 1e-6).Select(i => $"'{Design.Terms[i - 1].Name}'")];
            var with = others.Length == 0 ? "the intercept" : string.Join(", ", others);
            return Problem.Invalid("features", $"Term '{Design.Terms[j - 1].Name}' of feature '{Design.Terms[j - 1].Feature}' is a combination of {with}, so their coefficients cannot be told apart: leave one of them out.");
        }

        return null;
    }
}
