using System.Collections.Concurrent;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Registry.Ports;
using Slipway.Serving.Ports;
using Slipway.Training.Contracts;

namespace Slipway.Monitoring.Tests;

/// <summary>Endpoints whose traffic the test says, and that remember what was asked of them.</summary>
internal sealed class ScriptedEndpoints : IEndpoints
{
    private readonly ConcurrentDictionary<string, EndpointState> _states = new();

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Called whenever an endpoint is looked at, also within transactions.</summary>
    public Action Looked { get; set; } = () => { };

    /// <summary>Answers of <see cref="RollBack"/> while there is nothing to go back to.</summary>
    public bool NothingToGoBackTo { get; set; }

    public void Put(string endpoint, params DeploymentState[] deployments) => _states[endpoint] = new EndpointState(
        "default", endpoint, "payers", false, deployments.Any(one => one.Role == DeploymentRole.Canary) ? RolloutState.Canary : RolloutState.Steady, deployments, 1);

    public void Remove(string endpoint) => _states.TryRemove(endpoint, out _);

    public static DeploymentState Deployment(long version, DeploymentRole role, double share = 1) => new($"d{version}", version, role, share, new string('a', 64), null, 1, 0.5, "deny", "grant");

    public IReadOnlyList<EndpointState> List(ReadTx tx, Caller caller) => caller.Workspace == "default" ? [.. _states.Values.OrderBy(state => state.Endpoint)] : [];

    public EndpointState? Find(ReadTx tx, Caller caller, string endpoint) => FindForServer(tx, caller.Workspace, endpoint);

    public EndpointState? FindForServer(ReadTx tx, string workspace, string endpoint)
    {
        Looked();
        return workspace == "default" ? _states.GetValueOrDefault(endpoint) : null;
    }

    public Task<Result<EndpointState>> Halt(Caller caller, string endpoint, string reason, CancellationToken ct) => Change("halt", endpoint, state => state with { Rollout = RolloutState.Halted });

    public Task<Result<EndpointState>> RollBack(Caller caller, string endpoint, string reason, CancellationToken ct) => NothingToGoBackTo
        ? Task.FromResult<Result<EndpointState>>(Problem.Conflict("nothing_before", "There is no version to go back to."))
        : Change("rollBack", endpoint, state => state with { Rollout = RolloutState.Steady, Deployments = [.. state.Deployments.Where(one => one.Role != DeploymentRole.Canary)] });

    public Task<Result<EndpointState>> RollBack(Caller caller, string endpoint, long version, string reason, CancellationToken ct) => RollBack(caller, endpoint, reason, ct);

    public Task<Result<EndpointState>> Stop(Caller caller, string endpoint, string reason, CancellationToken ct) => Change("stop", endpoint, state => state with { Stopped = true });

    private Task<Result<EndpointState>> Change(string verb, string endpoint, Func<EndpointState, EndpointState> change)
    {
        Asked.Enqueue(verb);
        return Task.FromResult<Result<EndpointState>>(_states.AddOrUpdate(endpoint, _ => throw new KeyNotFoundException(), (_, state) => change(state)));
    }
}

/// <summary>A log that the test writes.</summary>
internal sealed class ScriptedLog : IPredictionLog
{
    private readonly ConcurrentDictionary<string, List<Prediction>> _predictions = new();

    /// <summary>Of the data folder.</summary>
    public string Id { get; set; } = "log1";

    /// <summary>A data folder without a prediction.</summary>
    public void Lose(string id)
    {
        _predictions.Clear();
        Id = id;
    }

    public LogPlace? Place(string workspace, string endpoint)
    {
        var log = _predictions.GetOrAdd(endpoint, _ => []);
        lock (log) { return new LogPlace(Id, log.Count); }
    }

    public void Add(string endpoint, IEnumerable<Prediction> predictions)
    {
        var log = _predictions.GetOrAdd(endpoint, _ => []);
        lock (log)
        {
            foreach (var prediction in predictions) { log.Add(prediction with { Position = log.Count + 1 }); }
        }
    }

    public Task<PredictionBatch> Read(string workspace, string endpoint, long after, int limit, CancellationToken ct)
    {
        var log = _predictions.GetOrAdd(endpoint, _ => []);
        lock (log)
        {
            var next = log.Skip((int)after).Take(limit).ToList();
            return Task.FromResult(new PredictionBatch(next.Count > 0 ? next[^1].Position : after, next));
        }
    }

    public Task<Prediction?> Find(string workspace, string endpoint, string predictionId, CancellationToken ct)
    {
        var log = _predictions.GetOrAdd(endpoint, _ => []);
        lock (log) { return Task.FromResult(workspace == "default" ? log.Find(one => one.PredictionId == predictionId) : null); }
    }
}

/// <summary>Approves everything under the same conditions.</summary>
internal sealed class ScriptedApprovals : IApprovals
{
    public ApprovedConditions? Conditions { get; set; }

    public ApprovalState StateOf(ReadTx tx, string workspace, string model, long version) => new(true, "a1", new string('b', 64), [], Conditions);
}

/// <summary>Versions that were all made from the same data and evaluated alike.</summary>
internal sealed class ScriptedVersions : IVersions
{
    /// <summary>SHA-256 of the Parquet file; null = not recorded.</summary>
    public string? Data { get; set; }

    public EvaluationReport? Evaluation { get; set; }

    public VersionIdentity? Find(ReadTx tx, string workspace, string model, long version) =>
        workspace == "default" ? new VersionIdentity(workspace, model, version, 1, "ada", "Ada", new VersionDigests(Data: Data), Pipeline: "late-payers") : null;

    public Task<Result<VersionReports>> Reports(Caller caller, string model, long version, CancellationToken ct) => Task.FromResult<Result<VersionReports>>(
        new VersionReports(Find(null!, caller.Workspace, model, version)!, null!, null, Evaluation));
}
