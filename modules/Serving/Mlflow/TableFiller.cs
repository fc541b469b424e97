using System.Globalization;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Serving.Check;
using Slipway.Serving.Predict;

namespace Slipway.Serving.Mlflow;

/// <summary>Puts the cells of a table into a request, row after row. Columns that no model takes are ignored, as MLflow does; one that is called <c>unit_id</c> names the unit of each row.</summary>
internal sealed class TableFiller
{
    private const int MostShown = 60;
    private readonly PredictionRequest _request;
    private readonly InputColumn?[] _columns;
    private readonly int _unit;

    private TableFiller(PredictionRequest request, IReadOnlyList<string> names, InputColumn?[] columns, int unit) => (_request, Names, _columns, _unit) = (request, names, columns, unit);

    public int Width => _columns.Length;

    /// <summary>The columns of the table, in its order; none where rows come without names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>For a table with these columns. No more names are taken than a table may have, and one, so they may come as they are read.</summary>
    public static Result<TableFiller> Of(PredictionRequest request, IEnumerable<string> given)
    {
        var names = given.Take(Limits.TableColumns + 1).ToList();
        if (names.Count > Limits.TableColumns) { return Problem.Invalid("columns", string.Create(CultureInfo.InvariantCulture, $"The table has more than {Limits.TableColumns} columns; leave out those that the model does not take.")); }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice) { return Problem.Invalid("columns", $"Column '{Short(twice.Key)}' is given {twice.Count()} times."); }

        InputColumn?[] columns = [.. names.Select(name => request.Columns.FirstOrDefault(column => column.Slot.Name == name))];
        foreach (var column in columns) { column?.Given = true; }

        var unit = names.IndexOf(PredictionRequest.UnitName);
        if (unit >= 0 && columns[unit] is null) { request.Units = []; }
        else { unit = -1; }

        return new TableFiller(request, names, columns, unit);
    }

    /// <summary>For rows without names: one cell for each input, in the order of the model.</summary>
    public static TableFiller ByPlace(PredictionRequest request)
    {
        foreach (var column in request.Columns) { column.Given = true; }

        return new TableFiller(request, [], request.Columns, -1);
    }

    /// <summary>Begins a row.</summary>
    public Problem? Row() => ++_request.Rows > Limits.PredictionRows ? new Problem(413, "too_many_rows", $"The request has more than {Limits.PredictionRows} rows; send them in several requests.") : null;

    public Problem? Add(int place, JsonElement value)
    {
        if (place == _unit) { return Unit(value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Null => null, _ => value.GetRawText() }); }

        if (_columns[place] is not { } column) { return null; }

        if (column.Slot.Width == 1) { return Add(column, value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0] : value); }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != column.Slot.Width) { return Wrong(column, $"no list of {column.Slot.Width} values"); }

        foreach (var one in value.EnumerateArray()) { if (Add(column, one) is { } fault) { return fault; } }

        return null;
    }

    /// <summary>A cell of a CSV file: an empty one is missing.</summary>
    public Problem? Add(int place, string text)
    {
        if (place == _unit) { return Unit(text.Length == 0 ? null : text); }

        if (_columns[place] is not { } column) { return null; }

        if (text.Length == 0) { column.AddMissing(); }
        else if (column.Slot.IsNumber)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) { return Wrong(column, $"the text '{Short(text)}'"); }

            column.Add(number);
        }
        else if (column.Slot.Kind == FieldKind.Boolean)
        {
            if (!bool.TryParse(text, out var value)) { return Wrong(column, $"the text '{Short(text)}'"); }

            column.Add(value ? "true" : "false");
        }
        else { column.Add(text); }

        return null;
    }

    private Problem? Add(InputColumn column, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when column.Slot.IsNumber:
                column.Add(value.GetDouble());
                return null;
            case JsonValueKind.String when column.Slot.Kind == FieldKind.Text:
                column.Add(value.GetString());
                return null;
            case JsonValueKind.True or JsonValueKind.False when column.Slot.Kind == FieldKind.Boolean:
                column.Add(value.GetBoolean() ? "true" : "false");
                return null;
            case JsonValueKind.Null:
                column.AddMissing();
                return null;
            default:
                return Wrong(column, value.ValueKind switch
                {
                    JsonValueKind.String => $"the text '{Short(value.GetString()!)}'",
                    JsonValueKind.Number => $"the number {value.GetRawText()}",
                    JsonValueKind.Array => "a list",
                    JsonValueKind.Object => "an object",
                    _ => value.GetRawText(),
                });
        }
    }

    private Problem? Unit(string? unit)
    {
        _request.Units!.Add(unit);
        return unit is null or { Length: > 0 and <= PredictionRequest.MostUnitChars } ? null
            : Problem.Invalid(PredictionRequest.UnitName, $"'{PredictionRequest.UnitName}' in row {_request.Rows} has {unit.Length} characters; it has 1 to {PredictionRequest.MostUnitChars}.");
    }

    private Problem Wrong(InputColumn column, string shown) => ValueReader.Wrong(column.Slot, shown, _request.Rows);

    /// <summary>What a sentence shows of a text that the client sent.</summary>
    internal static string Short(string text) => text.Length > MostShown ? text[..MostShown] + "…" : text;
}
