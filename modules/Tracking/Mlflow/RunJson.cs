using System.Text.Json;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Mlflow;

/// <summary>Runs and experiments as MLflow writes them: NaN as text, empty lists left out.</summary>
internal static class RunJson
{
    public static void Experiment(Utf8JsonWriter json, Experiment experiment)
    {
        json.WriteStartObject();
        json.WriteString("experiment_id"u8, experiment.IdText);
        json.WriteString("name"u8, experiment.Name);
        json.WriteString("artifact_location"u8, experiment.ArtifactLocation);
        json.WriteString("lifecycle_stage"u8, experiment.Deleted ? "deleted"u8 : "active"u8);
        json.WriteNumber("last_update_time"u8, experiment.UpdatedMs);
        json.WriteNumber("creation_time"u8, experiment.CreatedMs);
        MlflowJson.Pairs(json, "tags"u8, experiment.Tags.Select(tag => (tag.Key, tag.Value)));
        json.WriteEndObject();
    }

    public static void RunInfo(Utf8JsonWriter json, Run run)
    {
        json.WriteString("run_uuid"u8, run.RunId);
        json.WriteString("experiment_id"u8, run.ExperimentIdText);
        json.WriteString("run_name"u8, run.Name);
        json.WriteString("user_id"u8, run.UserId);
        json.WriteString("status"u8, WireNames.Of(run.Status));
        json.WriteNumber("start_time"u8, run.StartMs);
        if (run.EndMs is { } endMs) { json.WriteNumber("end_time"u8, endMs); }

        json.WriteString("artifact_uri"u8, run.ArtifactUri);
        json.WriteString("lifecycle_stage"u8, run.Deleted ? "deleted"u8 : "active"u8);
        json.WriteString("run_id"u8, run.RunId);
    }

    /// <param name="outputs">False for a run that was just made, whose answer has none.</param>
    public static void Run(Utf8JsonWriter json, RunWithData run, bool outputs = true)
    {
        json.WriteStartObject();
        json.WriteStartObject("info"u8);
        RunInfo(json, run.Run);
        json.WriteEndObject();
        json.WriteStartObject("data"u8);
        if (run.Metrics.Count > 0)
        {
            json.WriteStartArray("metrics"u8);
            foreach (var (key, point) in run.Metrics) { Metric(json, key, point); }

            json.WriteEndArray();
        }

        MlflowJson.Pairs(json, "params"u8, run.Params);
        MlflowJson.Pairs(json, "tags"u8, run.Tags);
        json.WriteEndObject();
        InputJson.Inputs(json, run.Inputs);
        if (outputs) { InputJson.Outputs(json, run.Inputs); }

        json.WriteEndObject();
    }

    /// <summary>How many runs a search has on all its pages: not MLflow's, and written only where it was asked for.</summary>
    public static void Count(Utf8JsonWriter json, long count, bool atLeast)
    {
        json.WriteNumber("total_count"u8, count);
        if (atLeast) { json.WriteBoolean("total_count_at_least"u8, true); }
    }

    /// <param name="runId">Named with the point where points of several runs come together.</param>
    public static void Metric(Utf8JsonWriter json, string key, MetricPoint point, string? runId = null)
    {
        json.WriteStartObject();
        MetricFields(json, key, point);
        if (runId is not null) { json.WriteString("run_id"u8, runId); }

        json.WriteEndObject();
    }

    /// <summary>What every metric has, inside an object that is open.</summary>
    public static void MetricFields(Utf8JsonWriter json, string key, MetricPoint point)
    {
        json.WriteString("key"u8, key);
        if (double.IsNaN(point.Value)) { json.WriteString("value"u8, "NaN"u8); }
        else { json.WriteNumber("value"u8, point.Value); }

        json.WriteNumber("timestamp"u8, point.TimeMs);
        json.WriteNumber("step"u8, point.Step);
    }
}
