using System.Reflection;
using System.Runtime.CompilerServices;
using Slipway.Tracking.Contracts;

namespace Slipway.Client;

/// <summary>Runs of one workspace. Thread safe.</summary>
public sealed class RunClient
{
    private const int PageRows = 1_000;
    private const int PagePoints = 25_000;
    private readonly SlipwayClient _client;

    internal RunClient(SlipwayClient client) => _client = client;

    /// <summary>Starts a run in an experiment, which is made when there is none of the name.</summary>
    /// <exception cref="SlipwayException">The experiment was deleted, or the server refused or cannot be reached.</exception>
    public async Task<Run> StartAsync(string experiment, NewRun? settings = null, CancellationToken ct = default) =>
        await StartInAsync((await _client.Experiments.GetOrCreateAsync(experiment, ct)).ExperimentId, settings, ct);

    /// <summary>Starts a run in the experiment of an id.</summary>
    public async Task<Run> StartInAsync(string experimentId, NewRun? settings = null, CancellationToken ct = default)
    {
        settings ??= new NewRun();
        var user = Environment.UserName;
        Pair[] tags =
        [
            new("mlflow.user", user), new("mlflow.source.type", "LOCAL"), new("mlflow.source.name", Assembly.GetEntryAssembly()?.GetName().Name ?? "dotnet"),
            .. settings.ParentRunId is { } parent ? [new Pair("mlflow.parentRunId", parent)] : Array.Empty<Pair>(),
            .. settings.Tags.Select(tag => new Pair(tag.Key, tag.Value)),
        ];
        var body = new CreateRunBody(experimentId, settings.Name, user, _client.Options.Clock.GetUtcNow().ToUnixTimeMilliseconds(), tags);
        return new Run(_client, (await _client.Mlflow<CreateRunBody, RunAnswer>(HttpMethod.Post, "mlflow/runs/create", body, ct, once: true)).Run.Info);
    }

    /// <summary>
    /// Runs a piece of work as a run: FINISHED when it comes to its end, FAILED when an exception leaves it, KILLED when <paramref name="ct"/> stopped it. The exception goes on to the caller;
    /// should the end itself not be told to the server, that stands in its data under <c>slipway</c>.
    /// </summary>
    public async Task RunAsync(string experiment, Func<Run, Task> work, NewRun? settings = null, CancellationToken ct = default) =>
        await RunScope.Within(await StartAsync(experiment, settings, ct), work, ct);

    /// <summary>Goes on with a run that was started before, here or elsewhere; it is RUNNING again.</summary>
    public async Task<Run> ResumeAsync(string runId, CancellationToken ct = default)
    {
        await _client.Mlflow(HttpMethod.Post, "mlflow/runs/update", new UpdateRunBody(runId, "RUNNING"), ct);
        return new Run(_client, (await _client.GetMlflow<RunAnswer>($"mlflow/runs/get?run_id={Uri.EscapeDataString(runId)}", ct)).Run.Info);
    }

    /// <summary>One run with parameters, tags and the latest value of each metric, deleted or not.</summary>
    /// <exception cref="SlipwayException">The workspace has no such run (404).</exception>
    public Task<RunDetail> GetAsync(string runId, CancellationToken ct = default) => _client.Get<RunDetail>(_client.NativePath($"runs/{Uri.EscapeDataString(runId)}"), ct);

    /// <summary>Every run that meets a filter, page by page as they are read.</summary>
    /// <param name="experimentIds">Null = all of the workspace.</param>
    /// <param name="filter">Such as <c>metrics.loss &lt; 0.5 AND params.lr = '0.1'</c>; null = all.</param>
    /// <param name="sort">Such as <c>metrics.loss ASC</c>, several with commas; null = the newest first.</param>
    /// <param name="view">Active ones, deleted ones or all.</param>
    /// <param name="ct">Stops it.</param>
    public IAsyncEnumerable<RunView> SearchAsync(
        IEnumerable<string>? experimentIds = null, string? filter = null, string? sort = null, LifecycleView view = LifecycleView.Active, CancellationToken ct = default) =>
        Paging.All(
            _client.NativePath("runs"), [("experiment", experimentIds is null ? null : string.Join(',', experimentIds)), ("filter", filter), ("sort", sort), ("view", Paging.Of(view)), ("limit", $"{PageRows}")],
            async path => (await _client.Get<RunPage>(path, ct)) is var page ? (page.Items, page.Next) : default, ct);

    /// <summary>Every point of one metric, by time, step and value.</summary>
    public async IAsyncEnumerable<MetricEntry> HistoryAsync(string runId, string key, [EnumeratorCancellation] CancellationToken ct = default)
    {
        string? token = null;
        do
        {
            var path = $"mlflow/metrics/get-history?run_id={Uri.EscapeDataString(runId)}&metric_key={Uri.EscapeDataString(key)}&max_results={PagePoints}{(token is null ? "" : $"&page_token={Uri.EscapeDataString(token)}")}";
            var page = await _client.GetMlflow<HistoryAnswer>(path, ct);
            foreach (var point in page.Metrics ?? []) { yield return new MetricEntry(point.Key, point.Value, point.Step, point.Timestamp); }

            token = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));
    }

    /// <summary>Removes a tag.</summary>
    public Task DeleteTagAsync(string runId, string key, CancellationToken ct = default) => _client.Mlflow(HttpMethod.Post, "mlflow/runs/delete-tag", new RunKeyBody(runId, key), ct, Repeat.WhenRefused);

    /// <summary>Puts a run away; it can be restored.</summary>
    public Task DeleteAsync(string runId, CancellationToken ct = default) => _client.Mlflow(HttpMethod.Post, "mlflow/runs/delete", new RunKeyBody(runId), ct);

    /// <summary>Brings a deleted run back.</summary>
    public Task RestoreAsync(string runId, CancellationToken ct = default) => _client.Mlflow(HttpMethod.Post, "mlflow/runs/restore", new RunKeyBody(runId), ct);
}
