using System.Globalization;
using Slipway.Kernel;
using Slipway.Training.Design;

namespace Slipway.Training.Fitting;

/// <summary>Row weights count rows: a row of weight 2 is two equal rows.</summary>
internal static class Weights
{
    /// <param name="column">Null = every row counts once.</param>
    public static Result<double[]> Read(Column? column, int rows)
    {
        if (column is null)
        {
            var ones = new double[rows];
            Array.Fill(ones, 1);
            return ones;
        }

        if (column.Type != ColumnType.Number) { return Problem.Invalid("weight", $"Column '{column.Name}' holds no numbers; weights are numbers above 0."); }

        var bad = Array.FindIndex(column.Numbers, value => !(value > 0 && double.IsFinite(value)));
        return bad < 0 ? column.Numbers : Problem.Invalid(
            "weight", string.Create(CultureInfo.InvariantCulture, $"Column '{column.Name}' holds {column.Numbers[bad]} in row {bad + 1}; weights are numbers above 0."));
    }
}
