using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Client;
using Slipway.Registry.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>A running server that speaks the MLflow protocol, of any make.</summary>
/// <param name="address">As a client is given it, with a path where there is one.</param>
internal sealed class ServerSource(Uri address, SlipwayClient client) : IMlflowSource
{
    private const int PageRuns = 200;
    private const int PagePoints = 25_000;
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(30);
    private readonly string _api = address.AbsolutePath.TrimEnd('/');

    // A run's metrics come with it; their histories are asked for one by one.
    private readonly Dictionary<string, string[]> _metrics = new(StringComparer.Ordinal);

    public string Name { get; } = address.GetLeftPart(UriPartial.Path).TrimEnd('/');

    public IReadOnlyList<string> Notes { get; } = ["Traces, assessments and webhooks of the server were not looked at."];

    /// <summary>Asks it for an experiment first, once: somebody waits at the terminal.</summary>
    /// <exception cref="SourceException">It cannot be reached, lets nobody in, or does not speak the protocol.</exception>
    public static async Task<ServerSource> Open(Uri address, SlipwayClientOptions options, CancellationToken ct)
    {
        var name = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        using var once = new SlipwayClient(options with { Retries = 0, Timeout = OpenTimeout });
        try
        {
            var page = await once.Get<JsonElement>($"{address.AbsolutePath.TrimEnd('/')}/api/2.0/mlflow/experiments/search?view_type=ALL&max_results=1", ct);
            return page.ValueKind == JsonValueKind.Object && (page.TryGetProperty("experiments", out _) || !page.EnumerateObject().Any())
                ? new ServerSource(address, new SlipwayClient(options))
                : throw NoMlflow(name, "its answer has no experiments");
        }
        catch (SlipwayException error)
        {
            throw error.Status switch
            {
                401 or 403 => new SourceException($"{name} asks who you are: give a key that may read there by --from-key, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD. It says: {error.Message}"),
                404 or 405 => NoMlflow(name, $"it answers {error.Status} where an MLflow server lists its experiments"),
                null when error.InnerException is JsonException => NoMlflow(name, "its answer is not JSON"),
                _ => new SourceException($"{name} cannot be read from, so nothing was begun. {error.Message}"),
            };
        }
    }

    public async IAsyncEnumerable<SourceExperiment> Experiments([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var one in Pages(token => Get($"experiments/search?view_type=ALL&max_results=1000{token}", ct), "experiments"))
        {
            var created = Number(one, "creation_time") ?? 0;
            yield return new SourceExperiment(
                Text(one, "experiment_id"), Text(one, "name"), Text(one, "artifact_location"), Stage(one), created, Number(one, "last_update_time") ?? created, Pairs(one, "tags"));
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<SourceRun>> Runs(SourceExperiment experiment, [EnumeratorCancellation] CancellationToken ct)
    {
        string? token = null;
        do
        {
            var body = new Dictionary<string, object> { ["experiment_ids"] = new[] { experiment.Id }, ["run_view_type"] = "ALL", ["max_results"] = PageRuns };
            if (token is not null) { body["page_token"] = token; }

            var page = await client.Post<Dictionary<string, object>, JsonElement>($"{_api}/api/2.0/mlflow/runs/search", body, ct);
            _metrics.Clear();
            yield return [.. List(page, "runs").Select(run => Run(experiment.Id, run))];
            token = Text(page, "next_page_token") is { Length: > 0 } next ? next : null;
        }
        while (token is not null);
    }

    public async IAsyncEnumerable<SourceSeries> Points(SourceRun run, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var key in _metrics.GetValueOrDefault(run.RunId) ?? [])
        {
            var series = SourceSeries.Of(key);
            await foreach (var point in Pages(token => Get($"metrics/get-history?run_id={Escape(run.RunId)}&metric_key={Escape(key)}&max_results={PagePoints}{token}", ct), "metrics"))
            {
                series.Add(Number(point, "step") ?? 0, Number(point, "timestamp") ?? 0, Value(point));
                if (series.Steps.Count < most) { continue; }

                yield return series;
                series = SourceSeries.Of(key);
            }

            if (series.Steps.Count > 0) { yield return series; }
        }
    }

    public async Task<long> CountPoints(SourceRun run, CancellationToken ct)
    {
        var count = 0L;
        await foreach (var series in Points(run, PagePoints, ct)) { count += series.Steps.Count; }

        return count;
    }

    public async IAsyncEnumerable<SourceModel> Models([EnumeratorCancellation] CancellationToken ct)
    {
        // Both searches leave prompts out unless they are asked for them.
        foreach (var filter in (string[])["", "&filter=" + Escape("tags.`mlflow.prompt.is_prompt` = 'true'")])
        {
            var versions = new List<(string Model, SourceVersion Version)>();
            await foreach (var one in Pages(token => Get($"model-versions/search?max_results=1000{filter}{token}", ct), "model_versions")) { versions.Add((Text(one, "name"), Version(one))); }

            var byModel = versions.ToLookup(one => one.Model, one => one.Version, StringComparer.Ordinal);
            await foreach (var one in Pages(token => Get($"registered-models/search?max_results=100{filter}{token}", ct), "registered_models"))
            {
                var (name, created) = (Text(one, "name"), Number(one, "creation_timestamp") ?? 0);
                yield return new SourceModel(
                    name, Text(one, "description") is { Length: > 0 } said ? said : null, created, Number(one, "last_updated_timestamp") ?? created, byModel[name].Select(version => version.Version).DefaultIfEmpty(0).Max(),
                    Pairs(one, "tags"), List(one, "aliases").ToDictionary(alias => Text(alias, "alias"), alias => Number(alias, "version") ?? 0, StringComparer.Ordinal), [.. byModel[name]]);
            }
        }
    }

    public async IAsyncEnumerable<SourceFile> Files(SourceRun run, [EnumeratorCancellation] CancellationToken ct)
    {
        var open = new Stack<string>([""]);
        while (open.TryPop(out var folder))
        {
            await foreach (var file in Pages(token => Get($"artifacts/list?run_id={Escape(run.RunId)}{(folder.Length == 0 ? "" : "&path=" + Escape(folder))}{token}", ct), "files"))
            {
                var path = Text(file, "path");
                if (file.TryGetProperty("is_dir", out var dir) && dir.ValueKind == JsonValueKind.True) { open.Push(path); }
                else { yield return new SourceFile(path, stop => Download(client, $"{_api}/get-artifact?run_id={Escape(run.RunId)}&path={Escape(path)}", stop)); }
            }
        }
    }

    public IAsyncEnumerable<SourceLoggedModel> LoggedModels(SourceExperiment experiment, CancellationToken ct) => new ServerLoggedModels(client, _api).Read(experiment.Id, ct);

    public IAsyncEnumerable<SourceFile>? Files(SourceLoggedModel model, CancellationToken ct) => new ServerLoggedModels(client, _api).Files(model.Model.ModelId, ct);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    IAsyncEnumerable<SourceFile>? IMlflowSource.Files(SourceRun run, CancellationToken ct) => Files(run, ct);

    /// <summary>By way of a file that goes when it is closed, so that an upload can begin anew.</summary>
    internal static async Task<Stream> Download(SlipwayClient client, string address, CancellationToken ct)
    {
        var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await client.Download(address, file, ct);
        file.Position = 0;
        return file;
    }

    private SourceRun Run(string experimentId, JsonElement run)
    {
        var (info, data) = (run.GetProperty("info"), run.TryGetProperty("data", out var found) ? found : default);
        var id = Text(info, "run_id") is { Length: > 0 } given ? given : Text(info, "run_uuid");
        _metrics[id] = [.. List(data, "metrics").Select(metric => Text(metric, "key"))];
        return new SourceRun(
            id, experimentId, Text(info, "run_name"), Text(info, "user_id"), Enum.TryParse<RunStatus>(Text(info, "status"), ignoreCase: true, out var status) ? status : RunStatus.Running, Stage(info),
            Number(info, "start_time") ?? 0, Number(info, "end_time"), Text(info, "artifact_uri"), Pairs(data, "params"), Pairs(data, "tags"))
        {
            Datasets = [.. List(Part(run, "inputs"), "dataset_inputs").Select(one => Dataset(Part(one, "dataset"), Pairs(one, "tags")))],
            ModelInputs = [.. List(Part(run, "inputs"), "model_inputs").Select(one => Text(one, "model_id"))],
            ModelOutputs = [.. List(Part(run, "outputs"), "model_outputs").Select(one => new ImportedOutput(Text(one, "model_id"), Number(one, "step") ?? 0))],
        };
    }

    private static ImportedInput Dataset(JsonElement one, Dictionary<string, string> tags) =>
        new(Text(one, "name"), Text(one, "digest"), Text(one, "source_type"), Text(one, "source"), tags, Or(one, "schema"), Or(one, "profile"));

    private static SourceException NoMlflow(string name, string because) =>
        new($"{name} is no MLflow server: {because}. --from takes what a client has as its tracking URI, such as http://127.0.0.1:5000.");

    internal static JsonElement Part(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var part) ? part : default;

    private static SourceVersion Version(JsonElement one)
    {
        var created = Number(one, "creation_timestamp") ?? 0;
        return new SourceVersion(
            Number(one, "version") ?? 0, Text(one, "source"), Or(one, "run_id"), Or(one, "run_link"), Or(one, "description"),
            Enum.TryParse<ModelStage>(Text(one, "current_stage"), ignoreCase: true, out var stage) ? stage : ModelStage.None, created, Number(one, "last_updated_timestamp") ?? created, Or(one, "user_id"),
            Pairs(one, "tags"));
    }

    private Task<JsonElement> Get(string path, CancellationToken ct) => client.Get<JsonElement>($"{_api}/api/2.0/mlflow/{path}", ct);

    internal static async IAsyncEnumerable<JsonElement> Pages(Func<string, Task<JsonElement>> read, string list)
    {
        var token = "";
        do
        {
            var page = await read(token.Length == 0 ? "" : "&page_token=" + Escape(token));
            foreach (var one in List(page, list)) { yield return one; }

            token = Text(page, "next_page_token");
        }
        while (token.Length > 0);
    }

    internal static JsonElement.ArrayEnumerator List(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    internal static Dictionary<string, string> Pairs(JsonElement of, string name)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in List(of, name)) { pairs[Text(pair, "key")] = Text(pair, "value"); }

        return pairs;
    }

    internal static string Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()!.Replace('\0', '\uFFFD') : value.GetRawText() : "";

    internal static string? Or(JsonElement of, string name) => Text(of, name) is { Length: > 0 } text ? text : null;

    internal static long? Number(JsonElement of, string name) => long.TryParse(Text(of, name), CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static double Value(JsonElement point) => Text(point, "value") switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        var text => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : double.NaN,
    };

    internal static Lifecycle Stage(JsonElement of) => Text(of, "lifecycle_stage") == "deleted" ? Lifecycle.Deleted : Lifecycle.Active;

    internal static string Escape(string text) => Uri.EscapeDataString(text);
}
