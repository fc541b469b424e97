using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Reliability.Tests;

/// <summary>The writes and reads of the load, as MLflow's clients send them.</summary>
internal sealed class MlflowClient(HttpClient http) : IDisposable
{
    private const string Api = "/api/2.0/mlflow/";

    public void Dispose() => http.Dispose();

    public async Task<string> CreateExperiment(string name)
    {
        using var answer = await Post("experiments/create", new { name });
        return (await Read(answer))["experiment_id"]!.GetValue<string>();
    }

    /// <summary>Sends it once.</summary>
    /// <returns>The answer and, when it is a success, the run's id.</returns>
    /// <exception cref="HttpRequestException">The connection broke: nobody knows what became of it.</exception>
    public async Task<(int Status, string? RunId)> Send(Write write, long nowMs)
    {
        using var answer = write switch
        {
            CreateRun run => await Post("runs/create", new { experiment_id = run.Experiment, run_name = run.Name, start_time = nowMs, tags = (object[])[Tag("client", run.Name), Tag("twin", run.Name)] }),
            LogMetric metric => await Post("runs/log-metric", new { run_id = metric.Run, key = "loss", value = metric.Value, timestamp = nowMs, step = metric.Step }),
            LogParameter param => await Post("runs/log-parameter", new { run_id = param.Run, key = param.Key, value = param.Value }),
            SetTag tag => await Post("runs/set-tag", new { run_id = tag.Run, key = tag.Key, value = tag.Value }),
            LogBatch batch => await Post("runs/log-batch", new
            {
                run_id = batch.Run,
                metrics = LogBatch.Keys.Select(key => new { key, value = batch.Value, timestamp = nowMs, step = batch.Step }),
                @params = (object[])[Tag($"batch{batch.Step}", Write.Text(batch.Value))],
                tags = (object[])[Tag($"batch{batch.Step}", Write.Text(batch.Value))],
            }),
            PutArtifact artifact => await http.PutAsync(await ArtifactPath(artifact.Of, artifact.Path), new ByteArrayContent(artifact.Bytes)),
            _ => throw new ArgumentException($"There is no way to send {write.GetType().Name}."),
        };
        if (!answer.IsSuccessStatusCode) { return ((int)answer.StatusCode, null); }

        return ((int)answer.StatusCode, write.Run ?? (await Read(answer))["run"]!["info"]!["run_id"]!.GetValue<string>());
    }

    /// <summary>Every run of the experiment: name to id.</summary>
    /// <exception cref="InvalidOperationException">Two have the same name, which no writer gave twice.</exception>
    public async Task<Dictionary<string, string>> Runs(string experiment)
    {
        var runs = new Dictionary<string, string>();
        string? token = null;
        do
        {
            using var answer = await Post("runs/search", new { experiment_ids = (string[])[experiment], max_results = 1_000, page_token = token ?? "" });
            var page = await Read(answer);
            foreach (var run in page["runs"]?.AsArray() ?? [])
            {
                var name = run!["info"]!["run_name"]!.GetValue<string>();
                if (!runs.TryAdd(name, run["info"]!["run_id"]!.GetValue<string>())) { throw new InvalidOperationException($"Run {name} is there twice."); }
            }

            token = page["next_page_token"]?.GetValue<string>();
        }
        while (!string.IsNullOrEmpty(token));

        return runs;
    }

    /// <summary>All that the store holds for a run, as places and values; artifacts by the digest of the bytes that come back.</summary>
    /// <exception cref="InvalidOperationException">A point is there twice.</exception>
    public async Task<Dictionary<string, string>> Content(string runId)
    {
        var run = (await Get($"{Api}runs/get?run_id={runId}"))["run"]!["data"]!;
        var slots = new Dictionary<string, string>();
        foreach (var param in run["params"]?.AsArray() ?? []) { slots.Add("param " + Text(param!, "key"), Text(param!, "value")); }

        foreach (var tag in (run["tags"]?.AsArray() ?? []).Where(tag => !Text(tag!, "key").StartsWith("mlflow.", StringComparison.Ordinal)))
        {
            slots.Add("tag " + Text(tag!, "key"), Text(tag!, "value"));
        }

        foreach (var metric in run["metrics"]?.AsArray() ?? []) { await AddHistory(runId, Text(metric!, "key"), slots); }

        await AddArtifacts(runId, slots);
        return slots;
    }

    private async Task AddHistory(string runId, string key, Dictionary<string, string> slots)
    {
        string? token = null;
        do
        {
            var page = await Get($"{Api}metrics/get-history?run_id={runId}&metric_key={key}&max_results=25000&page_token={Uri.EscapeDataString(token ?? "")}");
            foreach (var point in page["metrics"]?.AsArray() ?? [])
            {
                var slot = string.Create(CultureInfo.InvariantCulture, $"metric {key} {point!["step"]!.GetValue<long>()}");
                if (!slots.TryAdd(slot, Write.Text(point["value"]!.GetValue<double>()))) { throw new InvalidOperationException($"{slot} of run {runId} is there twice."); }
            }

            token = page["next_page_token"]?.GetValue<string>();
        }
        while (!string.IsNullOrEmpty(token));
    }

    private async Task AddArtifacts(string runId, Dictionary<string, string> slots)
    {
        var list = await Get($"{Api}artifacts/list?run_id={runId}");
        foreach (var file in list["files"]?.AsArray() ?? [])
        {
            var path = Text(file!, "path");
            slots.Add("artifact " + path, PutArtifact.Digest(await http.GetByteArrayAsync(await ArtifactPath(runId, path))));
        }
    }

    /// <summary>The path of the artifact proxy for a file of a run.</summary>
    public async Task<string> ArtifactPath(string runId, string path)
    {
        const string scheme = "mlflow-artifacts:/";
        if (_roots.TryGetValue(runId, out var root)) { return root + path; }

        var uri = (await Get($"{Api}runs/get?run_id={runId}"))["run"]!["info"]!["artifact_uri"]!.GetValue<string>();
        if (!uri.StartsWith(scheme, StringComparison.Ordinal)) { throw new InvalidOperationException($"Run {runId} keeps its artifacts at {uri}, not behind the proxy."); }

        _roots[runId] = $"/api/2.0/mlflow-artifacts/artifacts/{uri[scheme.Length..].TrimStart('/')}/";
        return _roots[runId] + path;
    }

    private readonly Dictionary<string, string> _roots = [];

    private Task<HttpResponseMessage> Post(string call, object body)
    {
        // In one piece with its length, as MLflow's clients send it.
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new("application/json");
        return http.PostAsync(Api + call, content);
    }

    private async Task<JsonNode> Get(string path)
    {
        using var answer = await http.GetAsync(path);
        return await Read(answer);
    }

    private static async Task<JsonNode> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{(int)answer.StatusCode} for {answer.RequestMessage!.RequestUri}: {text}");
    }

    private static object Tag(string key, string value) => new { key, value };

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
