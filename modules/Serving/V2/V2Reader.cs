using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Serving.Predict;

namespace Slipway.Serving.V2;

/// <summary>Reads an inference request of the Open Inference Protocol V2 (REST): tensors with flat or nested data, in any order of fields.</summary>
internal static class V2Reader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepth };

    /// <summary>Fills the request.</summary>
    /// <returns>The first fault; null when all was read.</returns>
    public static Problem? Read(ReadOnlySequence<byte> body, PredictionRequest request)
    {
        var json = new Utf8JsonReader(body, Options);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) { return Problem.Invalid("body", "The body is no JSON object; an inference request is {\"inputs\": [{\"name\", \"shape\", \"datatype\", \"data\"}]}."); }

            var inputs = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                Problem? fault = null;
                if (json.ValueTextEquals("inputs"u8)) { (inputs, fault) = (true, Tensors(ref json, request)); }
                else if (json.ValueTextEquals("parameters"u8)) { fault = Parameters(ref json, request, null); }
                else if (json.ValueTextEquals("outputs"u8)) { fault = Outputs(ref json, request); }
                else if (json.ValueTextEquals("id"u8))
                {
                    json.Read();
                    request.Id = ValueReader.Name(ref json);
                    fault = request.Id?.Length > Limits.NameChars ? Problem.Invalid("id", $"'id' has {request.Id.Length} characters; at most {Limits.NameChars} are given back.") : null;
                    json.Skip();
                }
                else
                {
                    json.Read();
                    json.Skip();
                }

                if (fault is not null) { return fault; }
            }

            if (!inputs) { return Problem.Invalid("inputs", "'inputs' is missing: the list of tensors."); }

            // What follows the object is no part of it.
            return json.Read() ? Problem.Invalid("body", "Something follows the JSON object.") : null;
        }
        catch (JsonException error) { return new Problem(400, "invalid_json", $"The body is no JSON that can be read: {error.Message}"); }
        catch (InvalidOperationException) { return new Problem(400, "invalid_json", "The body holds a text that is no Unicode."); }
    }

    private static Problem? Tensors(ref Utf8JsonReader json, PredictionRequest request)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) { return Problem.Invalid("inputs", "'inputs' is no list; it is a list of tensors."); }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject) { return Problem.Invalid("inputs", "'inputs' holds something that is no tensor {\"name\", \"shape\", \"datatype\", \"data\"}."); }

            if (Tensor(ref json, request) is { } fault) { return fault; }
        }

        return null;
    }

    private static Problem? Tensor(ref Utf8JsonReader json, PredictionRequest request)
    {
        var tensor = new TensorHead();
        var data = default(Utf8JsonReader);
        var unread = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            Problem? fault = null;
            if (json.ValueTextEquals("name"u8)) { fault = tensor.Name(ref json, request); }
            else if (json.ValueTextEquals("shape"u8)) { fault = tensor.Shape(ref json); }
            else if (json.ValueTextEquals("datatype"u8)) { fault = tensor.Datatype(ref json); }
            else if (json.ValueTextEquals("parameters"u8)) { fault = Parameters(ref json, request, tensor); }
            else if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                data = json;
                (unread, tensor.HasData) = (!tensor.IsNamed, true);
                if (unread) { json.Skip(); }
                else { fault = tensor.Data(ref json, request); }
            }
            else
            {
                json.Read();
                json.Skip();
            }

            if (fault is not null) { return fault; }
        }

        // A client may put the data before the name.
        return tensor.Missing() ?? (unread ? tensor.Data(ref data, request) : null) ?? tensor.End(request);
    }

    /// <summary>Of the request, or of a tensor: names with a text, a number or a truth value each.</summary>
    private static Problem? Parameters(ref Utf8JsonReader json, PredictionRequest request, TensorHead? tensor)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) { return null; }

        if (json.TokenType != JsonTokenType.StartObject) { return Problem.Invalid("parameters", "'parameters' is no object; it maps names to texts, numbers, true or false."); }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isTraffic, isUnit) = (tensor is null && json.ValueTextEquals(PredictionRequest.UnitName), tensor is not null && json.ValueTextEquals("unit"u8));
            var name = isTraffic || isUnit ? null : json.GetString();
            json.Read();
            if (name == "binary_data_size") { return Problem.Invalid("parameters", "Binary tensors are not taken here; send 'data' as JSON."); }

            if (isUnit) { tensor!.Unit = ValueReader.Name(ref json); }
            else if (isTraffic)
            {
                if (UnitOf(ref json).Fails(out var fault, out var unit)) { return fault; }

                request.Unit = unit;
            }

            json.Skip();
        }

        return null;
    }

    /// <summary>By what the traffic is split; null for null.</summary>
    public static Result<string?> UnitOf(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null) { return (string?)null; }

        return ValueReader.Name(ref json) is { Length: > 0 and <= PredictionRequest.MostUnitChars } unit ? unit
            : Problem.Invalid(PredictionRequest.UnitName, $"'{PredictionRequest.UnitName}' is a text of 1 to {PredictionRequest.MostUnitChars} characters, or a whole number.");
    }

    private static Problem? Outputs(ref Utf8JsonReader json, PredictionRequest request)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) { return null; }

        if (json.TokenType != JsonTokenType.StartArray) { return Problem.Invalid("outputs", "'outputs' is no list; it is a list of {\"name\"}."); }

        request.Wanted = [];
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isName = json.ValueTextEquals("name"u8);
                json.Read();
                if (isName && json.TokenType == JsonTokenType.String) { request.Wanted.Add(json.GetString()!); }

                json.Skip();
            }

            if (request.Wanted.Count > Limits.TableColumns) { return Problem.Invalid("outputs", string.Create(CultureInfo.InvariantCulture, $"'outputs' has more than {Limits.TableColumns} entries.")); }
        }

        return json.TokenType == JsonTokenType.EndArray ? null : Problem.Invalid("outputs", "'outputs' holds something that is no {\"name\"}.");
    }
}
