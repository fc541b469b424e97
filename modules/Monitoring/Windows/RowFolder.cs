using System.Globalization;
using Slipway.Datasets.Ports;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Windows;

/// <summary>Folds the inputs of predictions of one deployment into sketches with the histogram edges of the reference. Inputs that the reference does not have are left out. Not thread safe.</summary>
internal sealed class RowFolder
{
    private readonly List<(PredictionField Field, bool TakesNumbers, ColumnSketchBuilder Builder)> _columns = [];
    private long _rows;

    /// <param name="schema">Of the deployment.</param>
    /// <param name="reference">What the inputs are compared with; its columns are matched by name.</param>
    public RowFolder(PredictionSchema schema, TableSketch reference)
    {
        foreach (var field in schema.Fields)
        {
            if (reference.Find(field.Name) is { } column) { _columns.Add((field, ColumnSketchBuilder.IsNumeric(column.Kind), ColumnSketchBuilder.For(column))); }
        }
    }

    public void Add(Prediction prediction)
    {
        _rows++;
        foreach (var (field, takesNumbers, builder) in _columns)
        {
            if (takesNumbers) { builder.Add(Number(prediction, field)); }
            else { builder.Add(Text(prediction, field)); }
        }
    }

    /// <summary>The sketch of what was added so far; more may be added afterwards.</summary>
    public TableSketch Build() => TableSketch.Of(_rows, _columns.Select(column => column.Builder.Build()));

    // A text that is no number is no value of a column of numbers.
    private static double? Number(Prediction prediction, PredictionField field)
    {
        if (field.IsNumber) { return prediction.Numbers[field.Index] is var number && double.IsNaN(number) ? null : number; }

        return double.TryParse(prediction.Texts[field.Index], NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && !double.IsNaN(parsed) ? parsed : null;
    }

    private static string? Text(Prediction prediction, PredictionField field)
    {
        if (!field.IsNumber) { return prediction.Texts[field.Index]; }

        return prediction.Numbers[field.Index] is var number && double.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture);
    }
}
