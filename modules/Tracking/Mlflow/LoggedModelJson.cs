using System.Text.Json;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.LoggedModels;

namespace Slipway.Tracking.Mlflow;

/// <summary>Logged models as MLflow writes them.</summary>
internal static class LoggedModelJson
{
    public static void Model(Utf8JsonWriter json, LoggedModelWithData found)
    {
        var model = found.Model;
        json.WriteStartObject();
        json.WriteStartObject("info"u8);
        json.WriteString("model_id"u8, model.ModelId);
        json.WriteString("experiment_id"u8, model.ExperimentIdText);
        json.WriteString("name"u8, model.Name);
        json.WriteNumber("creation_timestamp_ms"u8, model.CreatedMs);
        json.WriteNumber("last_updated_timestamp_ms"u8, model.UpdatedMs);
        json.WriteString("artifact_uri"u8, model.ArtifactUri);
        json.WriteString("status"u8, WireNames.Of(model.Status));
        json.WriteString("model_type"u8, model.ModelType);
        json.WriteString("source_run_id"u8, model.SourceRunId);
        MlflowJson.Pairs(json, "tags"u8, found.Tags);
        json.WriteEndObject();
        json.WriteStartObject("data"u8);
        MlflowJson.Pairs(json, "params"u8, found.Params);
        if (found.Metrics.Count > 0)
        {
            json.WriteStartArray("metrics"u8);
            foreach (var metric in found.Metrics) { Metric(json, model.ModelId, metric); }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Metric(Utf8JsonWriter json, string modelId, ModelMetric metric)
    {
        json.WriteStartObject();
        RunJson.MetricFields(json, metric.Key, metric.Point);
        if (metric.DatasetName.Length > 0) { json.WriteString("dataset_name"u8, metric.DatasetName); }

        if (metric.DatasetDigest.Length > 0) { json.WriteString("dataset_digest"u8, metric.DatasetDigest); }

        json.WriteString("model_id"u8, modelId);
        json.WriteString("run_id"u8, metric.RunId);
        json.WriteEndObject();
    }
}
