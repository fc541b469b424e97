using System.Text.Json;
using Slipway.Kernel;
using Slipway.Serving.Predict;

namespace Slipway.Serving.Mlflow;

/// <summary>Puts rows that are objects into a table. Each key is looked at once, whatever their order, so that a row costs no more than its length.</summary>
internal sealed class RecordFiller(TableFiller table, PredictionRequest request)
{
    private readonly Dictionary<string, int> _places = table.Names.Select((name, place) => (name, place)).ToDictionary(one => one.name, one => one.place, StringComparer.Ordinal);
    private readonly bool[] _seen = new bool[table.Names.Count];

    /// <summary>Adds a row.</summary>
    /// <returns>The first fault; null when the row has the columns of the first one.</returns>
    public Problem? Add(JsonElement record)
    {
        if (table.Row() is { } many) { return many; }

        Array.Clear(_seen);
        var found = 0;
        foreach (var property in record.EnumerateObject())
        {
            // Mostly the keys stand in the order of the first row.
            var place = found;
            if ((found == _seen.Length || !property.NameEquals(table.Names[found])) && !_places.TryGetValue(property.Name, out place))
            {
                return Problem.Invalid("dataframe_records", $"Row {request.Rows} has columns that the first row does not have; all rows have the same.");
            }

            if (_seen[place]) { return Problem.Invalid("dataframe_records", $"Row {request.Rows} has '{TableFiller.Short(property.Name)}' twice."); }

            _seen[place] = true;
            found++;
            if (table.Add(place, property.Value) is { } fault) { return fault; }
        }

        if (found == _seen.Length) { return null; }

        var missing = TableFiller.Short(table.Names[Array.IndexOf(_seen, false)]);
        return Problem.Invalid(missing, $"Row {request.Rows} has no '{missing}', which the first row has; write null where it is missing.");
    }
}
