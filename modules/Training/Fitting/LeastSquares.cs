using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Slipway.Training.Fitting;

/// <summary>Least squares by Householder QR: minimises ‖A x − b‖ (Golub and Van Loan, Matrix Computations, 5.3).</summary>
internal static class LeastSquares
{
    /// <returns>The solution, and (AᵀA)⁻¹.</returns>
    public static (Vector<double> Solution, Matrix<double> Inverse) Solve(Matrix<double> a, Vector<double> b)
    {
        var qr = a.QR(QRMethod.Thin);
        var solution = SolveUpper(qr.R, qr.Q.TransposeThisAndMultiply(b));
        var inverse = Inverse(qr.R);
        return (solution, inverse * inverse.Transpose());
    }

    /// <summary>R of A = QR.</summary>
    public static Matrix<double> Triangle(Matrix<double> a) => a.QR(QRMethod.Thin).R;

    /// <summary>R x = b by back substitution.</summary>
    public static Vector<double> SolveUpper(Matrix<double> r, Vector<double> b)
    {
        var x = Vector<double>.Build.Dense(b.Count);
        for (var i = b.Count - 1; i >= 0; i--)
        {
            var sum = b[i];
            for (var j = i + 1; j < b.Count; j++) { sum -= r[i, j] * x[j]; }

            x[i] = sum / r[i, i];
        }

        return x;
    }

    private static Matrix<double> Inverse(Matrix<double> r)
    {
        var inverse = Matrix<double>.Build.Dense(r.RowCount, r.ColumnCount);
        for (var j = 0; j < r.ColumnCount; j++)
        {
            var unit = Vector<double>.Build.Dense(r.RowCount);
            unit[j] = 1;
            inverse.SetColumn(j, SolveUpper(r, unit));
        }

        return inverse;
    }
}
