using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.OnnxRuntime;
using Slipway.Serving.Live;
using Slipway.Serving.Log;
using Slipway.Serving.Predict;

namespace Slipway.Serving.V2;

/// <summary>Writes answers and metadata of the Open Inference Protocol V2.</summary>
internal static class V2Writer
{
    /// <summary>What an answer has beside the model's own outputs, unless the model has one of the same name.</summary>
    public const string Decision = "decision";
    public const string Version = "model_version";
    public const string Prediction = "prediction_id";

    /// <summary>The fault of an output that is asked for and that the champion does not give.</summary>
    public static Problem? Fault(PredictionRequest request, LiveEndpoint endpoint)
    {
        if (request.Wanted is null || endpoint.Champion is not { Model: { } model } champion) { return null; }

        string[] there = [.. model.Session.Outputs.Select(output => output.Name), .. champion.Row.Threshold is null ? [] : new[] { Decision }, Version, Prediction];
        return request.Wanted.FirstOrDefault(name => !there.Contains(name)) is { } missing
            ? Problem.Invalid("outputs", $"There is no output '{(missing.Length > 100 ? missing[..100] + "…" : missing)}'; there are {string.Join(", ", there)}.")
            : null;
    }

    public static void Answer(IBufferWriter<byte> to, LiveEndpoint endpoint, PredictionRequest request, PredictionAnswer answer)
    {
        using var json = new Utf8JsonWriter(to, Kernel.Mlflow.MlflowJson.Plain);
        json.WriteStartObject();
        json.WriteString("model_name"u8, endpoint.Name);
        if (answer.Version is { } version) { json.WriteString("model_version"u8, version.ToString(CultureInfo.InvariantCulture)); }

        json.WriteString("id"u8, request.Id ?? answer.RequestId);
        json.WriteStartObject("parameters"u8);
        json.WriteString("request_id"u8, answer.RequestId);
        json.WriteEndObject();
        json.WriteStartArray("outputs"u8);
        foreach (var output in answer.Outputs)
        {
            if (request.Wanted is null || request.Wanted.Contains(output.Name)) { Output(json, output); }
        }

        bool Own(string name, bool byDefault) => (request.Wanted?.Contains(name) ?? byDefault) && !answer.Outputs.Any(output => output.Name == name);
        if (answer.Decisions is { } decisions && Own(Decision, byDefault: true)) { Texts(json, Decision, answer.Rows, row => decisions[row]); }

        if (Own(Version, byDefault: false) && answer.Versions() is var versions) { Texts(json, Version, answer.Rows, row => versions[row].ToString(CultureInfo.InvariantCulture)); }

        if (Own(Prediction, byDefault: false)) { Texts(json, Prediction, answer.Rows, row => PredictionId.Of(answer.RequestId, row)); }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Of the champion: what an endpoint takes and gives.</summary>
    public static void Metadata(Utf8JsonWriter json, LiveEndpoint endpoint, LoadedModel model)
    {
        json.WriteString("name"u8, endpoint.Name);
        json.WriteStartArray("versions"u8);
        foreach (var deployment in new[] { endpoint.Champion, endpoint.Canary }.OfType<LiveDeployment>()) { json.WriteStringValue(deployment.Row.Version.ToString(CultureInfo.InvariantCulture)); }

        json.WriteEndArray();
        json.WriteString("platform"u8, "onnx_onnxv1");
        json.WriteStartArray("inputs"u8);
        foreach (var input in model.Inputs)
        {
            Head(json, input.Name, input.Type, input.Flat ? [-1] : [-1, input.Width]);
            json.WriteStartObject("parameters"u8);
            if (input.Rule.Unit is { } unit) { json.WriteString("unit"u8, unit); }

            json.WriteString("expected"u8, input.Rule.Expected);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("outputs"u8);
        foreach (var output in model.Session.Outputs.Where(output => output.ElementType != OnnxElementType.Undefined))
        {
            Head(json, output.Name, output.ElementType, [.. output.Shape]);
            json.WriteEndObject();
        }

        if (endpoint.Champion?.Row.Threshold is not null)
        {
            Head(json, Decision, OnnxElementType.String, [-1]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Output(Utf8JsonWriter json, OutputColumn output)
    {
        Head(json, output.Name, output.Type, output.Shape);
        json.WriteStartArray("data"u8);
        if (output.Numbers is { } numbers)
        {
            foreach (var number in numbers)
            {
                if (!double.IsFinite(number)) { json.WriteNullValue(); }
                else if (output.Type == OnnxElementType.Double) { json.WriteNumberValue(number); }
                else { json.WriteNumberValue((float)number); }
            }
        }

        foreach (var text in output.Texts ?? []) { json.WriteStringValue(text); }

        foreach (var integer in output.Integers ?? [])
        {
            if (output.Type == OnnxElementType.Bool) { json.WriteBooleanValue(integer != 0); }
            else { json.WriteNumberValue(integer); }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, int rows, Func<int, string?> text)
    {
        Head(json, name, OnnxElementType.String, [rows]);
        json.WriteStartArray("data"u8);
        for (var row = 0; row < rows; row++) { json.WriteStringValue(text(row)); }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Leaves the object open.</summary>
    private static void Head(Utf8JsonWriter json, string name, OnnxElementType type, long[] shape)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("datatype"u8, V2Types.Of(type));
        json.WriteStartArray("shape"u8);
        foreach (var length in shape) { json.WriteNumberValue(length); }

        json.WriteEndArray();
    }
}
