using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.Kernel;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>The logs of all endpoints, in <c>prediction-log</c> of the data folder, which belongs to one process. Thread safe.</summary>
internal sealed partial class PredictionLog : IPredictionLog, IHostedService, IAsyncDisposable
{
    private const int MaxRead = 10_000;
    private readonly string _root;
    private readonly LogSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<PredictionLog> _log;
    private readonly LogMetrics _metrics;
    private readonly Lock _opening = new();
    private readonly ConcurrentDictionary<(string Workspace, string Endpoint), EndpointLog> _endpoints = new();

    public PredictionLog(ServerFolders folders, IOptions<ServingOptions> settings, TimeProvider clock, ILogger<PredictionLog> log)
    {
        (_root, _settings, _clock, _log) = (Path.GetFullPath(Path.Combine(folders.Data, "prediction-log")), LogSettings.Of(settings.Value), clock, log);
        _metrics = new LogMetrics(() => _endpoints.Values.Sum(endpoint => endpoint.Lost));
        Archive = new PredictionArchive(Path.Combine(_root, "archive"), clock);
    }

    /// <summary>Closed segments as Parquet.</summary>
    public PredictionArchive Archive { get; }

    /// <summary>Those that have a log and were used, or found at the start.</summary>
    public IReadOnlyCollection<KeyValuePair<(string Workspace, string Endpoint), EndpointLog>> Endpoints => [.. _endpoints];

    /// <summary>Where the predictions of a deployment go; the same one when asked again.</summary>
    /// <param name="schema">Its fields; each has its place among the numbers or the texts.</param>
    /// <exception cref="StorageException">The disk is full or failed.</exception>
    public DeploymentLog Open(string workspace, string endpoint, string deploymentId, long version, PredictionSchema schema)
    {
        try { return Endpoint(workspace, endpoint, create: true)!.Open(new LoggedDeployment(deploymentId, version, schema)); }
        catch (IOException error) { throw DurableFiles.Describe(error, "the prediction log"); }
    }

    public async Task<PredictionBatch> Read(string workspace, string endpoint, long after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit, Math.Clamp(limit, 1, MaxRead));
        if (Endpoint(workspace, endpoint, create: false) is not { } log || log.Durable is var end && after >= end) { return new PredictionBatch(after, []); }

        var rows = await log.Read(new RowQuery(after + 1, end, limit), newest: false, ct);
        return new PredictionBatch(rows.Count == 0 ? after : rows[^1].Position, rows);
    }

    public LogPlace? Place(string workspace, string endpoint) => Endpoint(workspace, endpoint, create: false) is { } log ? new LogPlace(log.Id, log.Durable) : null;

    public async Task<Prediction?> Find(string workspace, string endpoint, string predictionId, CancellationToken ct) =>
        PredictionId.TryParse(predictionId, out var request, out var row) && Endpoint(workspace, endpoint, create: false) is { } log
            ? (await log.Read(RowQuery.Of(request, row), newest: false, ct)).SingleOrDefault() : null;

    /// <summary>The newest predictions, newest first.</summary>
    /// <param name="before">Only those at earlier positions; 0 = all.</param>
    /// <param name="limit">1 to 10,000.</param>
    public async Task<IReadOnlyList<Prediction>> Latest(string workspace, string endpoint, long before, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit, Math.Clamp(limit, 1, MaxRead));
        if (Endpoint(workspace, endpoint, create: false) is not { } log) { return []; }

        var rows = await log.Read(new RowQuery(1, before == 0 ? long.MaxValue : before - 1, limit), newest: true, ct);
        rows.Reverse();
        return rows;
    }

    public LogHealth Health(string workspace, string endpoint)
    {
        try { return Endpoint(workspace, endpoint, create: false) is { } log ? new LogHealth(log.Rows, log.Lost, log.Durable, log.Closed?.Detail) : new LogHealth(0, 0, 0, null); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException) { return new LogHealth(0, 0, 0, $"It cannot be opened: {error.Message}"); }
    }

    /// <summary>Reads what earlier processes have left; a folder that cannot be read does not stop the others.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var live = Path.Combine(_root, "live");
        if (!Directory.Exists(live)) { return Task.CompletedTask; }

        foreach (var folder in Directory.EnumerateDirectories(live))
        {
            var file = Path.Combine(folder, EndpointFolder.NameFile);
            try
            {
                if (File.Exists(file) && JsonSerializer.Deserialize<EndpointName>(File.ReadAllBytes(file), JsonSerializerOptions.Web) is { } name) { Endpoint(name.Workspace, name.Endpoint, create: false); }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or JsonException) { NotRead(_log, folder, error.Message); }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_endpoints.Values.Select(endpoint => endpoint.Stop()));

    public async ValueTask DisposeAsync()
    {
        foreach (var endpoint in _endpoints.Values) { endpoint.Dispose(); }

        _metrics.Dispose();
        await Archive.DisposeAsync();
    }

    private EndpointLog? Endpoint(string workspace, string endpoint, bool create)
    {
        if (_endpoints.TryGetValue((workspace, endpoint), out var open)) { return open; }

        lock (_opening)
        {
            if (_endpoints.TryGetValue((workspace, endpoint), out open)) { return open; }

            var folder = EndpointFolder.Of(_root, workspace, endpoint);
            if (!File.Exists(folder.Name))
            {
                if (!create) { return null; }

                Directory.CreateDirectory(folder.Live);
                DurableFiles.Replace(folder.Name + ".tmp", folder.Name, JsonSerializer.SerializeToUtf8Bytes(new EndpointName(workspace, endpoint, Ids.New(_clock)), JsonSerializerOptions.Web));
                DurableFiles.SyncDirectory(folder.Live);
            }

            open = new EndpointLog(folder, $"{workspace}/{endpoint}", IdIn(folder.Name), Archive.Find(folder.Id), _settings, _metrics, _clock, _log);
            return _endpoints[(workspace, endpoint)] = open;
        }
    }

    // A name that is damaged does not keep anybody from predicting.
    private static string IdIn(string file)
    {
        try { return JsonSerializer.Deserialize<EndpointName>(File.ReadAllBytes(file), JsonSerializerOptions.Web)?.Id ?? ""; }
        catch (JsonException) { return ""; }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The prediction log in {Folder} cannot be read: {Reason}")]
    private static partial void NotRead(ILogger log, string folder, string reason);

    /// <param name="Id">Of the log; null = made by an earlier release.</param>
    private sealed record EndpointName(string Workspace, string Endpoint, string? Id = null);
}

/// <summary>How an endpoint's log does.</summary>
/// <param name="Rows">That are kept.</param>
/// <param name="Lost">That may have been answered and are missing among them, at most.</param>
/// <param name="DurablePosition">Of the last durable row.</param>
/// <param name="Fault">Why nothing can be logged now; null = it can.</param>
internal sealed record LogHealth(long Rows, long Lost, long DurablePosition, string? Fault);
