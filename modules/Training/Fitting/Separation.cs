using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Slipway.Kernel;
using Slipway.Training.Design;

namespace Slipway.Training.Fitting;

/// <summary>
/// Where a term, or several together, tell the outcomes apart without error, the likelihood has no maximum: estimates grow without end (Albert and Anderson, Biometrika 71, 1984).
/// </summary>
internal static class Separation
{
    /// <summary>A single term that separates: said with its figures before anything is fitted. Null = none does.</summary>
    public static Problem? Find(DesignMatrix design, double[] label)
    {
        var faults = new List<Fault>();
        for (var j = 0; j < design.Terms.Count; j++)
        {
            var (name, feature) = design.Terms[j];
            if (Detail(design.Columns[j], label) is { } detail)
            {
                faults.Add(new Fault("features", $"Feature '{feature}' separates the outcomes: {detail} of term '{name}'. Its coefficient would be infinite: leave it out, use fewer bins or join levels."));
            }
        }

        return faults.Count > 0 ? Problem.Invalid(faults) : null;
    }

    /// <param name="change">The last step, per standard deviation of each term; the intercept first.</param>
    public static Problem Diverged(DesignMatrix design, Vector<double> change)
    {
        var worst = design.Terms.Count == 0 ? -1 : Enumerable.Range(0, design.Terms.Count).MaxBy(j => Math.Abs(change[j + 1]));
        var (name, feature) = worst < 0 ? ("(intercept)", "") : design.Terms[worst];
        return Problem.Invalid("features", $"The fit does not converge: the coefficient of '{name}' (feature '{feature}') still grows. Several features together separate the outcomes: leave it out, use fewer bins or join levels.");
    }

    private static string? Detail(double[] column, double[] label)
    {
        double[] low = [double.PositiveInfinity, double.PositiveInfinity], high = [double.NegativeInfinity, double.NegativeInfinity];
        var distinct = new HashSet<double>();
        for (var row = 0; row < column.Length; row++)
        {
            var outcome = (int)label[row];
            low[outcome] = Math.Min(low[outcome], column[row]);
            high[outcome] = Math.Max(high[outcome], column[row]);
            if (distinct.Count < 3) { distinct.Add(column[row]); }
        }

        if (distinct.Count < 2) { return null; }

        if (distinct.Count == 2) { return Pure(column, label, [.. distinct.Order()]); }

        var (upper, lower) = low[1] >= high[0] ? (1, 0) : low[0] >= high[1] ? (0, 1) : (-1, -1);
        return upper < 0 ? null : string.Create(
            CultureInfo.InvariantCulture, $"every positive row is {(upper == 1 ? $"at or above {low[1]}, every other at or below {high[0]}" : $"at or below {high[1]}, every other at or above {low[0]}")},");
    }

    private static string? Pure(double[] column, double[] label, double[] values)
    {
        foreach (var value in values)
        {
            var labels = Enumerable.Range(0, column.Length).Where(row => column[row] == value).Select(row => label[row]).ToArray();
            if (labels.Distinct().Count() == 1)
            {
                return string.Create(CultureInfo.InvariantCulture, $"all {labels.Length} rows with the value {value} are {(labels[0] == 1 ? "positive" : "negative")}");
            }
        }

        return null;
    }
}
