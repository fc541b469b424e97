using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Slipway.Kernel;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Mlflow;

/// <summary>Answers as MLflow writes them: snake_case, int64 as numbers, NaN as text, what is not set left out.</summary>
internal static class MlflowJson
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>Only what JSON itself asks for is escaped: the answers are never part of a page.</summary>
    public static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object; the callback fills it.</summary>
    public static async Task<Problem?> Answer(HttpContext context, Func<Utf8JsonWriter, ValueTask> fill)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Plain);
        json.WriteStartObject();
        await fill(json);
        json.WriteEndObject();
        return null;
    }

    public static Task<Problem?> Answer(HttpContext context, Action<Utf8JsonWriter> fill) => Answer(context, json =>
    {
        fill(json);
        return ValueTask.CompletedTask;
    });

    /// <summary><c>{}</c>, or the problem of a change that was not made.</summary>
    public static async Task<Problem?> Empty<T>(HttpContext context, Result<T> result)
    {
        if (result.Problem is { } problem) { return problem; }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 2;
        await context.Response.BodyWriter.WriteAsync("{}"u8.ToArray(), context.RequestAborted);
        return null;
    }

    /// <summary>A list, left out when empty; sent in pieces, so that a long one is not held whole.</summary>
    public static async ValueTask List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0) { return; }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending > FlushBytes) { await json.FlushAsync(); }
        }

        json.WriteEndArray();
    }

    public static void Experiment(Utf8JsonWriter json, Experiment experiment)
    {
        json.WriteStartObject();
        json.WriteString("experiment_id"u8, experiment.IdText);
        json.WriteString("name"u8, experiment.Name);
        json.WriteString("artifact_location"u8, experiment.ArtifactLocation);
        json.WriteString("lifecycle_stage"u8, experiment.Deleted ? "deleted"u8 : "active"u8);
        json.WriteNumber("last_update_time"u8, experiment.UpdatedMs);
        json.WriteNumber("creation_time"u8, experiment.CreatedMs);
        Pairs(json, "tags"u8, experiment.Tags.Select(tag => (tag.Key, tag.Value)));
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

        Pairs(json, "params"u8, run.Params);
        Pairs(json, "tags"u8, run.Tags);
        json.WriteEndObject();
        json.WriteStartObject("inputs"u8);
        json.WriteEndObject();
        if (outputs)
        {
            json.WriteStartObject("outputs"u8);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <param name="runId">Named with the point where points of several runs come together.</param>
    public static void Metric(Utf8JsonWriter json, string key, MetricPoint point, string? runId = null)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        if (double.IsNaN(point.Value)) { json.WriteString("value"u8, "NaN"u8); }
        else { json.WriteNumber("value"u8, point.Value); }

        json.WriteNumber("timestamp"u8, point.TimeMs);
        json.WriteNumber("step"u8, point.Step);
        if (runId is not null) { json.WriteString("run_id"u8, runId); }

        json.WriteEndObject();
    }

    public static void NextPage(Utf8JsonWriter json, string? token)
    {
        if (token is not null) { json.WriteString("next_page_token"u8, token); }
    }

    private static void Pairs(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<(string Key, string Value)> pairs)
    {
        var open = false;
        foreach (var (key, value) in pairs)
        {
            if (!open) { json.WriteStartArray(name); }

            open = true;
            json.WriteStartObject();
            json.WriteString("key"u8, key);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }

        if (open) { json.WriteEndArray(); }
    }
}
