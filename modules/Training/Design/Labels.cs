using System.Globalization;
using Slipway.Kernel;

namespace Slipway.Training.Design;

/// <summary>The label as numbers.</summary>
internal static class Labels
{
    /// <summary>1 where the label has its positive value, 0 elsewhere; or the number, or its logarithm.</summary>
    public static Result<double[]> Read(LabelRule rule, Column column, bool binary)
    {
        var missing = Enumerable.Range(0, column.Rows).Count(column.IsMissing);
        if (missing > 0) { return Problem.Invalid("label.column", $"The label '{rule.Column}' has no value in {missing} of {column.Rows} rows; a row without a label cannot be learned from."); }

        return binary ? Binary(rule, column) : Number(rule, column);
    }

    private static Result<double[]> Binary(LabelRule rule, Column column)
    {
        var positive = rule.Positive ?? "1";
        var label = new double[column.Rows];
        for (var row = 0; row < label.Length; row++) { label[row] = column.TextAt(row) == positive ? 1 : 0; }

        var count = label.Count(value => value == 1);
        if (count > 0 && count < label.Length) { return label; }

        var values = Enumerable.Range(0, column.Rows).Select(row => column.TextAt(row)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(5);
        return Problem.Invalid(
            "label.positive", $"The label '{rule.Column}' is '{positive}' in {count} of {label.Length} rows; both outcomes must occur. It holds {string.Join(", ", values.Select(value => $"'{value}'"))}.");
    }

    private static Result<double[]> Number(LabelRule rule, Column column)
    {
        if (column.Type != ColumnType.Number) { return Problem.Invalid("label.column", $"The label '{rule.Column}' holds no numbers; a linear model needs them."); }

        var bad = Array.FindIndex(column.Numbers, value => !double.IsFinite(value) || (rule.Log && value <= 0));
        if (bad >= 0)
        {
            return Problem.Invalid(
                rule.Log ? "label.transform" : "label.column",
                string.Create(CultureInfo.InvariantCulture, $"The label '{rule.Column}' holds {column.Numbers[bad]} in row {bad + 1}; {(rule.Log ? "a logarithm needs numbers above 0" : "only finite numbers can be fitted")}."));
        }

        return rule.Log ? Array.ConvertAll(column.Numbers, Math.Log) : column.Numbers;
    }
}
