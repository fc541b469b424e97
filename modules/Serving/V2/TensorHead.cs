using System.Text.Json;
using Slipway.Kernel;
using Slipway.Serving.Predict;

namespace Slipway.Serving.V2;

/// <summary>One tensor while it is read.</summary>
internal sealed class TensorHead
{
    private const int MostShown = 100;
    private readonly List<long> _shape = [];
    private string? _name;
    private string? _datatype;
    private bool _shaped;
    private InputColumn? _column;
    private List<string?>? _units;
    private int _read;

    public bool IsNamed => _name is not null;

    public bool HasData { get; set; }

    /// <summary>UCUM unit of its values, as the client says.</summary>
    public string? Unit { get; set; }

    public Problem? Name(ref Utf8JsonReader json, PredictionRequest request)
    {
        json.Read();
        _column = Find(ref json, request);
        _name = _column?.Slot.Name ?? (json.TokenType == JsonTokenType.String ? json.GetString() : null);
        if (_name is null) { return Problem.Invalid("name", "The name of a tensor is no text."); }

        if (_column is { Given: true } || (_name == PredictionRequest.UnitName && request.Units is not null)) { return Problem.Invalid(_name, $"Input '{_name}' is given twice."); }

        if (_column is not null) { _column.Given = true; }
        else if (_name == PredictionRequest.UnitName) { _units = []; }
        else
        {
            return Problem.Invalid("inputs", $"The model takes no input '{(_name.Length > MostShown ? _name[..MostShown] + "…" : _name)}'; it takes {string.Join(", ", request.Set.Slots.Select(slot => slot.Name))}.");
        }

        return null;
    }

    public Problem? Shape(ref Utf8JsonReader json)
    {
        json.Read();
        _shaped = json.TokenType == JsonTokenType.StartArray;
        if (!_shaped) { return Wrong("'shape' is no list of whole numbers"); }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var length) || length < 0 || _shape.Count == 8) { return Wrong("'shape' is no list of up to 8 whole numbers from 0 on"); }

            _shape.Add(length);
        }

        return null;
    }

    public Problem? Datatype(ref Utf8JsonReader json)
    {
        json.Read();
        _datatype = json.TokenType == JsonTokenType.String ? json.GetString() : null;
        return _datatype is null ? Wrong("'datatype' is no text") : null;
    }

    /// <summary>Values in row-major order, however they are nested.</summary>
    public Problem? Data(ref Utf8JsonReader json, PredictionRequest request)
    {
        if (json.TokenType != JsonTokenType.StartArray) { return Wrong("'data' is no list"); }

        var most = (long)Limits.PredictionRows * (_column?.Slot.Width ?? 1);
        for (var depth = 1; depth > 0;)
        {
            json.Read();
            if (json.TokenType == JsonTokenType.StartArray) { depth++; }
            else if (json.TokenType == JsonTokenType.EndArray) { depth--; }
            else
            {
                if (++_read > most) { return TooMany(); }

                if (_column is not null)
                {
                    if (ValueReader.Add(ref json, _column) is { } fault) { return fault; }
                }
                else
                {
                    if (V2Reader.UnitOf(ref json).Fails(out var wrong, out var unit)) { return wrong; }

                    _units!.Add(unit);
                }
            }
        }

        return null;
    }

    /// <summary>What a tensor must have and this one has not.</summary>
    public Problem? Missing() => _name is null ? Problem.Invalid("inputs", "A tensor in 'inputs' has no 'name'.")
        : !_shaped ? Wrong("'shape' is missing, such as [1]") : _datatype is null ? Wrong("'datatype' is missing, such as FP64") : !HasData ? Wrong("'data' is missing") : null;

    /// <summary>Whether shape, type and number of values agree, with each other and with the other tensors.</summary>
    public Problem? End(PredictionRequest request)
    {
        var width = _column?.Slot.Width ?? 1;
        var rows = _shape.Count == 0 ? -1 : _shape[0];
        var flat = _shape.Count == 1 && width == 1;
        if (!flat && !(_shape.Count == 2 && _shape[1] == width)) { return Wrong($"the shape is [{string.Join(", ", _shape)}]; it must be [rows, {width}]{(width == 1 ? " or [rows]" : "")}"); }

        if (rows > Limits.PredictionRows) { return TooMany(); }

        if (rows * width != _read) { return Wrong($"the shape [{string.Join(", ", _shape)}] has {rows * width} values, and {_read} were given"); }

        if (rows == 0) { return Wrong("there is no row; send at least one"); }

        if (request.Rows != 0 && request.Rows != rows) { return Wrong($"it has {rows} rows and the tensors before it {request.Rows}; all have the same"); }

        request.Rows = (int)rows;
        if (_column is null)
        {
            request.Units = _units;
            return null;
        }

        _column.Unit = Unit;
        return V2Types.Fits(_column.Slot.Kind, _datatype!) ? null : Wrong($"the datatype is {(_datatype!.Length > MostShown ? "too long to be one" : _datatype)}; it must be {V2Types.Expected(_column.Slot.Kind)}");
    }

    private Problem Wrong(string what) => Problem.Invalid(_name ?? "inputs", $"Input '{_name}' cannot be read: {what}.");

    private Problem TooMany() => new(413, "too_many_rows", $"Input '{_name}' has more than {Limits.PredictionRows} rows; send them in several requests.");

    // Clients send the inputs in the same order each time, so the next one is tried first.
    private static InputColumn? Find(ref Utf8JsonReader json, PredictionRequest request)
    {
        if (json.TokenType != JsonTokenType.String) { return null; }

        foreach (var column in request.Columns) { if (!column.Given && json.ValueTextEquals(column.Slot.Name)) { return column; } }

        foreach (var column in request.Columns) { if (json.ValueTextEquals(column.Slot.Name)) { return column; } }

        return null;
    }
}
