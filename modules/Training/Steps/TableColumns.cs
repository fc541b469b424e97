using Slipway.Datasets.Ports;
using Slipway.Training.Design;

namespace Slipway.Training.Steps;

/// <summary>Columns of a dataset as this room wants them.</summary>
internal static class TableColumns
{
    public static IReadOnlyDictionary<string, Column> Of(DataTable table) => table.Columns.Select(Convert).ToDictionary(column => column.Name, StringComparer.Ordinal);

    private static Column Convert(DataColumn column) => column switch
    {
        BooleanColumn truth => Column.OfBooleans(truth.Name, [.. truth.Values.Select((value, row) => truth.IsMissing(row) ? (bool?)null : value)]),
        _ => column.ToNumbers() is { } numbers ? Column.OfNumbers(column.Name, numbers) : Column.OfTexts(column.Name, column.ToTexts()),
    };
}
