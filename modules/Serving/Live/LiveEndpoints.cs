using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Log;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Live;

/// <summary>
/// All endpoints in memory, so that no request reads the database: a table that is replaced as a whole when something has changed. What answers while it is replaced goes on with what it began with. Thread
/// safe.
/// </summary>
internal sealed partial class LiveEndpoints(Db db, LoadedModels models, PredictionLog log, ILogger<LiveEndpoints> logger) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim _reading = new(1);
    private readonly Lock _noting = new();
    private readonly Dictionary<string, string?> _noted = [];
    private readonly ConcurrentDictionary<string, ServingCounts> _counts = new();
    private volatile FrozenDictionary<(string, string), LiveEndpoint>? _table;
    private long _revision = -1;

    /// <summary>False until the table was read once: then nothing can be answered, because it is not known what is stopped.</summary>
    public bool IsReady => _table is not null;

    public IEnumerable<LiveEndpoint> All => _table is { } table ? table.Values : [];

    /// <summary>Null when the workspace has no such endpoint, or its model is hidden from the caller.</summary>
    public LiveEndpoint? Find(Caller caller, string name) => Find(caller.Workspace, name) is { } endpoint && caller.Open(ObjectRef.Model).Includes(endpoint.Model) ? endpoint : null;

    /// <summary>Whatever anybody may see.</summary>
    public LiveEndpoint? Find(string workspace, string name) => _table is { } table && table.TryGetValue((workspace, name), out var endpoint) ? endpoint : null;

    /// <summary>What a change left behind, told right after its commit: a stop is in force before it is acknowledged.</summary>
    public void Note(EndpointRow changed)
    {
        if (!changed.Stopped) { return; }

        lock (_noting)
        {
            _noted[changed.Id] = changed.Reason;
            Find(changed.Workspace, changed.Name)?.Stop(changed.Reason);
        }
    }

    /// <summary>Reads the table anew when another process has changed it, or when a model could not be loaded before.</summary>
    /// <returns>True when it was read.</returns>
    public async Task<bool> RefreshIfChanged(bool retryFaults, CancellationToken ct)
    {
        var revision = await db.Read(EndpointStore.Revision, ct);
        if (revision == Interlocked.Read(ref _revision) && !(retryFaults && All.SelectMany(endpoint => endpoint.Deployments).Any(deployment => deployment.Model is null))) { return false; }

        await Refresh(ct);
        return true;
    }

    /// <summary>Reads the table anew; every change that was committed before the call is in it afterwards.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            lock (_noting) { _noted.Clear(); }

            var (rows, revision) = await db.Read(tx => (EndpointStore.All(tx), EndpointStore.Revision(tx)), ct);

            // What is stopped stops before models are loaded, which may take a while.
            foreach (var row in rows) { Note(row); }

            var known = All.SelectMany(endpoint => endpoint.Deployments).Where(deployment => deployment.Model is not null).ToDictionary(deployment => deployment.Row.Id, StringComparer.Ordinal);
            var endpoints = await Watching(Task.Run(() => Bring(rows, known, ct), CancellationToken.None), ct);

            // What was stopped since the rows were read stays stopped.
            await NoteStopped(ct);
            lock (_noting)
            {
                foreach (var endpoint in endpoints) { if (_noted.TryGetValue(endpoint.Id, out var reason)) { endpoint.Stop(reason); } }

                _table = endpoints.ToFrozenDictionary(endpoint => (endpoint.Workspace, endpoint.Name));
            }

            Interlocked.Exchange(ref _revision, revision);
            models.Keep(rows.SelectMany(row => row.Deployments));
        }
        finally { _reading.Release(); }
    }

    /// <summary>Lets go the models that nothing has used for a minute; not while the table is read, since it may be about to use them.</summary>
    public async Task LetGo(CancellationToken ct)
    {
        if (!await _reading.WaitAsync(TimeSpan.Zero, ct)) { return; }

        try { models.Keep(All.SelectMany(endpoint => endpoint.Deployments).Select(deployment => deployment.Row)); }
        finally { _reading.Release(); }
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>Follows the kill switch while models are loaded, which may take long.</summary>
    private async Task<List<LiveEndpoint>> Watching(Task<List<LiveEndpoint>> bringing, CancellationToken ct)
    {
        while (await Task.WhenAny(bringing, Task.Delay(Look, ct)) != bringing && !ct.IsCancellationRequested)
        {
            try { await NoteStopped(ct); }
            catch (Exception error) when (error is StorageException or OverloadedException or QueryTooLongException or OperationCanceledException) { NotWatched(error.Message); }
        }

        return await bringing;
    }

    private async Task NoteStopped(CancellationToken ct)
    {
        foreach (var row in await db.Read(EndpointStore.Stopped, ct)) { Note(row); }
    }

    private async Task<List<LiveEndpoint>> Bring(List<EndpointRow> rows, Dictionary<string, LiveDeployment> known, CancellationToken ct)
    {
        var endpoints = new List<LiveEndpoint>(rows.Count);
        foreach (var row in rows) { endpoints.Add(await Bring(row, known, ct)); }

        return endpoints;
    }

    private async Task<LiveEndpoint> Bring(EndpointRow row, Dictionary<string, LiveDeployment> known, CancellationToken ct)
    {
        var deployments = new List<LiveDeployment>(row.Deployments.Count);
        foreach (var deployment in row.Deployments)
        {
            deployments.Add(known.TryGetValue(deployment.Id, out var there) ? there.Row == deployment ? there : there.With(deployment) : await Bring(row, deployment, ct));
        }

        return new LiveEndpoint(
            row, deployments.FirstOrDefault(one => one.Row.Role == DeploymentRole.Champion), deployments.FirstOrDefault(one => one.Row.Role == DeploymentRole.Canary),
            [.. deployments.Where(one => one.Row.Role == DeploymentRole.Shadow)], _counts.GetOrAdd(row.Id, _ => new ServingCounts()));
    }

    private async Task<LiveDeployment> Bring(EndpointRow endpoint, Deployment deployment, CancellationToken ct)
    {
        if ((await models.Load(deployment, ct)).Fails(out var problem, out var model))
        {
            NotLoaded(endpoint.Workspace, endpoint.Name, deployment.Version, problem.Detail);
            return new LiveDeployment(deployment, null, null, problem);
        }

        // One endpoint's log must not keep the others from being read; it is tried again like a model that could not be loaded.
        try { return new LiveDeployment(deployment, model, log.Open(endpoint.Workspace, endpoint.Name, deployment.Id, deployment.Version, model.Schema), null); }
        catch (Exception error) when (error is StorageException or UnauthorizedAccessException or InvalidDataException)
        {
            NotLoaded(endpoint.Workspace, endpoint.Name, deployment.Version, error.Message);
            return new LiveDeployment(deployment, null, null, new Problem(503, "log_unavailable", $"The prediction log of '{endpoint.Name}' cannot be opened: {error.Message}"));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The kill switch could not be looked at while models are loaded: {Reason}")]
    private partial void NotWatched(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Endpoint {Endpoint} of {Workspace} cannot load version {Version}: {Reason}")]
    private partial void NotLoaded(string workspace, string endpoint, long version, string reason);
}
