using System.Globalization;
using System.Text.Json;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Inputs;

namespace Slipway.Tracking.Mlflow;

/// <summary>What went into a run and came out, as MLflow writes it.</summary>
internal static class InputJson
{
    /// <summary>The field <c>inputs</c>.</summary>
    public static void Inputs(Utf8JsonWriter json, RunInputs inputs)
    {
        json.WriteStartObject("inputs"u8);
        if (inputs.Datasets.Count > 0)
        {
            json.WriteStartArray("dataset_inputs"u8);
            foreach (var input in inputs.Datasets) { Dataset(json, input); }

            json.WriteEndArray();
        }

        if (inputs.Models.Count > 0)
        {
            json.WriteStartArray("model_inputs"u8);
            foreach (var id in inputs.Models)
            {
                json.WriteStartObject();
                json.WriteString("model_id"u8, id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>The field <c>outputs</c>.</summary>
    public static void Outputs(Utf8JsonWriter json, RunInputs inputs)
    {
        json.WriteStartObject("outputs"u8);
        if (inputs.Outputs.Count > 0)
        {
            json.WriteStartArray("model_outputs"u8);
            foreach (var output in inputs.Outputs)
            {
                json.WriteStartObject();
                json.WriteString("model_id"u8, output.ModelId);
                json.WriteNumber("step"u8, output.Step);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void Summary(Utf8JsonWriter json, DatasetSummary summary)
    {
        json.WriteStartObject();
        json.WriteString("experiment_id"u8, summary.ExperimentId.ToString(CultureInfo.InvariantCulture));
        json.WriteString("name"u8, summary.Name);
        json.WriteString("digest"u8, summary.Digest);
        if (summary.Context is { } context) { json.WriteString("context"u8, context); }

        json.WriteEndObject();
    }

    private static void Dataset(Utf8JsonWriter json, DatasetInput input)
    {
        json.WriteStartObject();
        MlflowJson.Pairs(json, "tags"u8, input.Tags);
        json.WriteStartObject("dataset"u8);
        json.WriteString("name"u8, input.Dataset.Name);
        json.WriteString("digest"u8, input.Dataset.Digest);
        json.WriteString("source_type"u8, input.Dataset.SourceType);
        json.WriteString("source"u8, input.Dataset.Source);
        if (input.Dataset.Schema is { } schema) { json.WriteString("schema"u8, schema); }

        if (input.Dataset.Profile is { } profile) { json.WriteString("profile"u8, profile); }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
