using System.Text.Json;
using Slipway.Kernel;
using Slipway.Serving.Predict;

namespace Slipway.Serving.Mlflow;

/// <summary>Reads the JSON bodies of MLflow's scoring server (<c>/invocations</c>): exactly one of four formats, beside them <c>params</c>.</summary>
internal static class ScoringReader
{
    private static readonly string[] Formats = ["dataframe_split", "dataframe_records", "instances", "inputs"];
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepth };

    /// <summary>Fills the request.</summary>
    /// <returns>The first fault; null when all was read.</returns>
    public static Problem? Read(ReadOnlyMemory<byte> body, PredictionRequest request)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return Read(document.RootElement, request);
        }
        catch (JsonException error) { return new Problem(400, "invalid_json", $"The body is no JSON that can be read: {error.Message}"); }
        catch (InvalidOperationException)
        {
            // A document keeps texts as bytes: half of a surrogate pair, or bytes that are no UTF-8, come to light when one is read.
            return new Problem(400, "invalid_json", "The body holds a text that is no Unicode.");
        }
    }

    private static Problem? Read(JsonElement root, PredictionRequest request)
    {
        if (root.ValueKind != JsonValueKind.Object) { return Problem.Invalid("body", $"The body is no JSON object. {Accepted}"); }

        var given = Formats.Where(format => root.TryGetProperty(format, out _)).ToList();
        if (given.Count != 1) { return Problem.Invalid("body", $"The body has {(given.Count == 0 ? "none" : string.Join(" and ", given))} of the formats. {Accepted}"); }

        if (root.TryGetProperty("params", out var parameters) && Parameters(parameters, request) is { } fault) { return fault; }

        var data = root.GetProperty(given[0]);
        return given[0] switch
        {
            "dataframe_split" => Split(data, request),
            "dataframe_records" => data.ValueKind == JsonValueKind.Array ? Records(data, request) : Problem.Invalid("dataframe_records", "'dataframe_records' is no list; it is a list of objects, one per row."),
            "instances" => Instances(data, request),
            _ => Inputs(data, request),
        } ?? Units(root, request);
    }

    private static string Accepted => $"Send exactly one of {string.Join(", ", Formats)}, and params if need be.";

    /// <summary><c>{columns?, index?, data}</c>.</summary>
    private static Problem? Split(JsonElement split, PredictionRequest request)
    {
        if (split.ValueKind != JsonValueKind.Object || !split.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array) { return Problem.Invalid("dataframe_split", "'dataframe_split' must be an object with 'data', a list of rows, and may have 'columns' and 'index'."); }

        if (split.EnumerateObject().FirstOrDefault(property => property.Name is not ("columns" or "index" or "data")) is { Value.ValueKind: not JsonValueKind.Undefined } other)
        {
            return Problem.Invalid("dataframe_split", $"'dataframe_split' has '{(other.Name.Length > 60 ? "a long key" : other.Name)}'; it has columns, index and data.");
        }

        if (!split.TryGetProperty("columns", out var columns) || columns.ValueKind == JsonValueKind.Null) { return Rows(data, TableFiller.ByPlace(request), "dataframe_split"); }

        if (columns.ValueKind != JsonValueKind.Array || columns.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String)) { return Problem.Invalid("columns", "'columns' is no list of names."); }

        return TableFiller.Of(request, columns.EnumerateArray().Select(name => name.GetString()!)).Fails(out var fault, out var filler) ? fault : Rows(data, filler, "dataframe_split");
    }

    /// <summary>Rows of cells by their place.</summary>
    private static Problem? Rows(JsonElement rows, TableFiller filler, string name)
    {
        foreach (var row in rows.EnumerateArray())
        {
            if (filler.Row() is { } many) { return many; }

            // A model of one input may be sent its values without brackets.
            if (row.ValueKind != JsonValueKind.Array)
            {
                if (filler.Width != 1) { return Problem.Invalid(name, $"A row of '{name}' is no list; it has {filler.Width} cells."); }

                if (filler.Add(0, row) is { } wrong) { return wrong; }

                continue;
            }

            // Of a model whose one input has several values, a row is those values.
            if (row.GetArrayLength() != filler.Width && filler.Width == 1)
            {
                if (filler.Add(0, row) is { } wrong) { return wrong; }

                continue;
            }

            if (row.GetArrayLength() != filler.Width) { return Problem.Invalid(name, $"A row of '{name}' has {row.GetArrayLength()} cells; it must have {filler.Width}."); }

            var place = 0;
            foreach (var cell in row.EnumerateArray()) { if (filler.Add(place++, cell) is { } fault) { return fault; } }
        }

        return null;
    }

    /// <summary>A list of objects, all with the same keys.</summary>
    private static Problem? Records(JsonElement records, PredictionRequest request)
    {
        RecordFiller? filler = null;
        foreach (var record in records.EnumerateArray())
        {
            if (record.ValueKind != JsonValueKind.Object) { return Problem.Invalid("dataframe_records", "A row is no object of columns and values."); }

            if (filler is null)
            {
                if (TableFiller.Of(request, record.EnumerateObject().Select(property => property.Name)).Fails(out var problem, out var table)) { return problem; }

                filler = new RecordFiller(table, request);
            }

            if (filler.Add(record) is { } fault) { return fault; }
        }

        return null;
    }

    /// <summary>Row format of TensorFlow Serving: objects, or cells by their place.</summary>
    private static Problem? Instances(JsonElement instances, PredictionRequest request) =>
        instances.ValueKind != JsonValueKind.Array ? Problem.Invalid("instances", "'instances' is no list; it is a list of rows.")
        : instances.GetArrayLength() > 0 && instances[0].ValueKind == JsonValueKind.Object ? Records(instances, request)
        : Rows(instances, TableFiller.ByPlace(request), "instances");

    /// <summary>Column format of TensorFlow Serving: values by name, or rows by place.</summary>
    private static Problem? Inputs(JsonElement inputs, PredictionRequest request)
    {
        if (inputs.ValueKind == JsonValueKind.Array) { return Rows(inputs, TableFiller.ByPlace(request), "inputs"); }

        if (inputs.ValueKind != JsonValueKind.Object) { return Problem.Invalid("inputs", "'inputs' is neither an object of columns nor a list of rows."); }

        if (TableFiller.Of(request, inputs.EnumerateObject().Select(column => column.Name)).Fails(out var problem, out var filler)) { return problem; }

        var columns = inputs.EnumerateObject().ToList();
        var rows = columns.Count == 0 ? 0 : columns[0].Value.ValueKind == JsonValueKind.Array ? columns[0].Value.GetArrayLength() : 1;
        if (columns.Find(column => (column.Value.ValueKind == JsonValueKind.Array ? column.Value.GetArrayLength() : 1) != rows) is { Value.ValueKind: not JsonValueKind.Undefined } uneven)
        {
            return Problem.Invalid("inputs", $"Column '{TableFiller.Short(uneven.Name)}' has another number of rows than '{TableFiller.Short(columns[0].Name)}', which has {rows}.");
        }

        // Walked side by side: a list that holds lists finds its n-th element only by passing over those before it.
        JsonElement.ArrayEnumerator[] cells = [.. columns.Select(column => column.Value.ValueKind == JsonValueKind.Array ? column.Value.EnumerateArray() : default)];
        for (var row = 0; row < rows; row++)
        {
            if (filler.Row() is { } many) { return many; }

            for (var place = 0; place < columns.Count; place++)
            {
                if (filler.Add(place, cells[place].MoveNext() ? cells[place].Current : columns[place].Value) is { } fault) { return fault; }
            }
        }

        return null;
    }

    /// <summary><c>unit_id</c> for the whole request.</summary>
    private static Problem? Parameters(JsonElement parameters, PredictionRequest request)
    {
        if (parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty(PredictionRequest.UnitName, out var unit)) { return null; }

        request.Unit = unit.ValueKind is JsonValueKind.String ? unit.GetString() : unit.GetRawText();
        return request.Unit is { Length: > 0 and <= PredictionRequest.MostUnitChars } ? null : Problem.Invalid(PredictionRequest.UnitName, $"'{PredictionRequest.UnitName}' has 1 to {PredictionRequest.MostUnitChars} characters.");
    }

    /// <summary><c>params.units</c>: the UCUM unit of a column's values, by column.</summary>
    private static Problem? Units(JsonElement root, PredictionRequest request)
    {
        if (!root.TryGetProperty("params", out var parameters) || parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("units", out var units) || units.ValueKind != JsonValueKind.Object) { return null; }

        const string wanted = "'params.units' maps inputs of the model to units, each once, such as {\"weight\": \"kg\"}.";
        if (units.GetPropertyCount() > request.Columns.Length) { return Problem.Invalid("params.units", wanted); }

        foreach (var unit in units.EnumerateObject())
        {
            if (request.Columns.FirstOrDefault(column => column.Slot.Name == unit.Name) is not { } column || unit.Value.ValueKind != JsonValueKind.String) { return Problem.Invalid("params.units", wanted); }

            column.Unit = unit.Value.GetString();
        }

        return null;
    }
}
