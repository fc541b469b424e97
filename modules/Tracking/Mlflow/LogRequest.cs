using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Mlflow;

/// <summary>The bodies of log-metric, log-parameter and log-batch.</summary>
internal static partial class LogRequest
{
    private const int MaxMetrics = 1_000;
    private const int MaxParams = 100;
    private const int MaxTags = 100;
    private const int MaxItems = 1_000;

    public static Result<(string RunId, LogBatch Batch)> OneMetric(ReadOnlySequence<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            var reader = new MetricReader();
            string? runId = null;
            if (json.Read() && json.TokenType == JsonTokenType.StartObject && reader.TryPoint(ref json, ref runId) && !string.IsNullOrEmpty(runId) && !json.Read())
            {
                return (runId, new LogBatch(reader.Series, [], []) { Measured = reader.Measured });
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not plain JSON, or text that is no UTF-16: the slow way says what is wrong.
        }

        return OneMetricSlowly(body.ToArray());
    }

    private static Result<(string, LogBatch)> OneMetricSlowly(byte[] body)
    {
        if (MlflowInput.FromBody(body).Fails(out var problem, out var input)) { return problem; }

        var (runId, metric) = (input.RunId(), Metric(input));
        var measured = Measured(input, metric.Key, metric.Point);
        return input.Problem is { } fault ? fault : (runId, new LogBatch([(metric.Key, [metric.Point])], [], []) { Measured = measured is null ? [] : [measured] });
    }

    public static Result<(string RunId, LogBatch Batch)> OneParam(ReadOnlySequence<byte> body)
    {
        if (MlflowInput.FromBody(body.ToArray()).Fails(out var problem, out var input)) { return problem; }

        var (runId, key, value) = (input.RunId(), input.Required("key"), input.Text("value") ?? "");
        return input.Problem is { } fault ? fault : (runId, new LogBatch([], [new(key, value)], []) { Listed = false });
    }

    public static Result<(string RunId, LogBatch Batch)> Batch(ReadOnlySequence<byte> body)
    {
        if (Read(body).Fails(out var problem, out var read)) { return problem; }

        var (runId, batch) = read;
        if (!RunId().IsMatch(runId)) { return Problem.Invalid("run_id", $"Invalid value \"{runId}\" for parameter 'run_id' supplied."); }

        var metrics = batch.Metrics.Sum(series => series.Points.Count);
        if (TooMany(metrics, MaxMetrics, "metrics") is { } tooMany) { return tooMany; }

        if (TooMany(batch.Params.Count, MaxParams, "params") is { } tooManyParams) { return tooManyParams; }

        if (TooMany(batch.Tags.Count, MaxTags, "tags") is { } tooManyTags) { return tooManyTags; }

        if (TooMany(metrics + batch.Params.Count + batch.Tags.Count, MaxItems, "metrics, params, and tags") is { } tooManyItems) { return tooManyItems; }

        string[] twice = [.. batch.Params.GroupBy(param => param.Key, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => $"'{group.Key}'")];
        return twice.Length == 0
            ? (runId, batch)
            : Problem.Invalid("params", $"Duplicate parameter keys have been submitted: [{string.Join(", ", twice)}]. Please ensure the request contains only one param value per param key.");
    }

    private static Result<(string, LogBatch)> Read(ReadOnlySequence<byte> body)
    {
        // In one piece it is read faster than in those in which it came.
        var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            if (TryRead(whole.AsSpan(0, (int)body.Length)) is { } read) { return read; }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // As above.
        }
        finally { ArrayPool<byte>.Shared.Return(whole); }

        return BatchSlowly(body.ToArray());
    }

    /// <summary>The common form: a run and its metrics. Parameters and tags are few, and read the slow way.</summary>
    private static (string RunId, LogBatch Batch)? TryRead(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        var reader = new MetricReader();
        string? runId = null, none = null;
        List<KeyValuePair<string, string>> parameters = [], tags = [];
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) { return null; }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("run_id"u8))
            {
                if (!json.Read() || json.TokenType != JsonTokenType.String) { return null; }

                runId = json.GetString();
            }
            else if (json.ValueTextEquals("metrics"u8))
            {
                if (!json.Read() || json.TokenType != JsonTokenType.StartArray) { return null; }

                while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                {
                    if (!reader.TryPoint(ref json, ref none)) { return null; }
                }

                if (json.TokenType != JsonTokenType.EndArray) { return null; }
            }
            else if (json.ValueTextEquals("params"u8))
            {
                if (!TryPairs(ref json, "params", parameters)) { return null; }
            }
            else if (json.ValueTextEquals("tags"u8))
            {
                if (!TryPairs(ref json, "tags", tags)) { return null; }
            }
            else if (!json.Read() || !json.TrySkip()) { return null; }
        }

        return string.IsNullOrEmpty(runId) || json.TokenType != JsonTokenType.EndObject || json.Read() ? null : (runId, new LogBatch(reader.Series, parameters, tags) { Measured = reader.Measured });
    }

    private static bool TryPairs(ref Utf8JsonReader json, string name, List<KeyValuePair<string, string>> into)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray) { return false; }

        using var list = JsonDocument.ParseValue(ref json);
        var input = MlflowInput.Of(JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [name] = list.RootElement }));
        into.AddRange(input.Pairs(name));
        return input.Problem is null;
    }

    private static Result<(string, LogBatch)> BatchSlowly(byte[] body)
    {
        if (MlflowInput.FromBody(body).Fails(out var problem, out var input)) { return problem; }

        var runId = input.RunId();
        var (metrics, measured, place) = (new List<(string Key, MetricPoint Point)>(), new List<MeasuredPoint>(), 0);
        foreach (var item in input.Objects("metrics"))
        {
            var (key, point) = Metric(item);
            metrics.Add((key, point));
            if (Measured(item, key, point) is { } one) { measured.Add(one); }

            input.Take(item, $"metrics[{place++}].");
        }

        var (parameters, tags) = (input.Pairs("params"), input.Pairs("tags"));
        if (input.Problem is { } fault) { return fault; }

        var series = metrics.GroupBy(metric => metric.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Select(metric => metric.Point).ToList()));
        return (runId, new LogBatch([.. series], parameters, tags) { Measured = measured });
    }

    private static MeasuredPoint? Measured(MlflowInput input, string key, MetricPoint point) => input.Text("model_id") is { Length: > 0 } model
        ? new MeasuredPoint(key, point, model, input.Text("dataset_name") ?? "", input.Text("dataset_digest") ?? "")
        : null;

    private static (string Key, MetricPoint Point) Metric(MlflowInput input)
    {
        var (key, value, time) = (input.Required("key"), input.Double("value"), input.Integer("timestamp"));
        var step = input.Integer("step") ?? 0;
        if (value is null) { input.Required("value"); }

        if (time is null) { input.Required("timestamp"); }

        return (key, new MetricPoint(time ?? 0, step, MetricPoint.Clamp(value ?? 0)));
    }

    private static Problem? TooMany(int count, int most, string what) => count <= most
        ? null
        : Problem.Invalid(what, $"A batch logging request can contain at most {most} {what}. Got {count} {what}. Please split up {what} across multiple requests and try again.");

    [GeneratedRegex(@"\A[A-Za-z0-9][\w-]{0,255}\z")]
    private static partial Regex RunId();
}
