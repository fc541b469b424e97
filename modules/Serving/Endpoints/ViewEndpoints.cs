using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;
using Slipway.Serving.Live;
using Slipway.Serving.Log;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

/// <summary>Endpoints as pages and the command line show them: what is approved, what each process has loaded, and what it answered.</summary>
internal sealed class ViewEndpoints(Db db, Replicas replicas, PredictionLog log)
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder endpoints)
    {
        endpoints.MapGet("", async (string? cursor, int? limit, Caller caller, ViewEndpoints handler, CancellationToken ct) => (await handler.Many(caller, cursor, limit ?? DefaultLimit, ct)).ToHttp())
            .WithName("ListEndpoints").Needs(Permissions.EndpointsRead).Produces<Page<EndpointView>>().ProducesProblem(400);
        endpoints.MapGet("/{name}", async (string name, Caller caller, ViewEndpoints handler, CancellationToken ct) => (await handler.One(caller, name, ct)).ToHttp())
            .WithName("GetEndpoint").Needs(Permissions.EndpointsRead).Produces<EndpointView>().ProducesProblem(404);
    }

    /// <param name="cursor">Name of the last one seen; null = from the first.</param>
    public async Task<Result<Page<EndpointView>>> Many(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsRead) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        return await db.Read(tx =>
        {
            var endpoints = EndpointStore.List(tx, caller.Workspace, cursor ?? "", limit + 1, caller.Open(ObjectRef.Model));
            var shown = endpoints.Count > limit ? endpoints[..limit] : endpoints;
            return new Page<EndpointView>(View(tx, shown), endpoints.Count > limit ? shown[^1].Name : null);
        }, ct);
    }

    public async Task<Result<EndpointView>> One(Caller caller, string name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsRead) is { } denied) { return denied; }

        var found = await db.Read<Result<EndpointView>>(tx => EndpointStore.Find(tx, caller, name) is { } endpoint ? View(tx, [endpoint])[0] : EndpointFaults.NotFound(name), ct);
        return found.Then(view => WithLog(view, log.Health(caller.Workspace, name)));
    }

    private static EndpointView WithLog(EndpointView view, LogHealth log) => view with
    {
        Log = new PredictionLogView(log.Rows, log.Lost, log.Fault),
        Health = log.Fault is { } fault && view.Health.Verdict == "yes" ? new EndpointHealth("attention", $"Predictions cannot be logged: {fault}") : view.Health,
    };

    private List<EndpointView> View(ReadTx tx, IReadOnlyList<EndpointRow> endpoints)
    {
        var seen = replicas.Seen(tx, [.. endpoints.SelectMany(endpoint => endpoint.Deployments).Select(deployment => deployment.Id)]);
        var counts = replicas.Counts(tx, [.. endpoints.Select(endpoint => endpoint.Id)]);
        return [.. endpoints.Select(endpoint => View(endpoint, seen, counts.GetValueOrDefault(endpoint.Id) ?? new EndpointCounts(0, 0, 0, 0), endpoint.Stopped ? ReleaseStore.Of(tx, endpoint.Id) : []))];
    }

    private static EndpointView View(EndpointRow endpoint, ILookup<string, SeenReplica> seen, EndpointCounts counts, List<ReleaseRow> releases)
    {
        var deployments = endpoint.Deployments.Select(deployment => new DeploymentView(
            deployment.Id, deployment.Version, Wire(deployment.Role), endpoint.ShareOf(deployment), deployment.ModelDigest, deployment.SinceMs, deployment.By,
            seen[deployment.Id].Sum(replica => replica.Predictions),
            [.. seen[deployment.Id].Select(replica => new ReplicaView(replica.Replica, replica.Digest == deployment.ModelDigest, replica.SeenMs, replica.Digest, replica.Fault))],
            deployment.ApprovalId, deployment.Threshold, deployment.AtOrAbove, deployment.Below)).ToList();
        var phase = endpoint.Rollout switch { RolloutState.Halted => RolloutPhase.Halted, RolloutState.Canary => RolloutPhase.Canary, _ => RolloutPhase.Steady };
        return new EndpointView(
            endpoint.Name, endpoint.Model, endpoint.Stopped, phase, deployments, HealthOf(endpoint, deployments), counts, endpoint.CreatedMs, endpoint.ChangedMs, endpoint.By, endpoint.Reason,
            endpoint.Stopped ? [.. releases.Select(release => new ReleaseView(release.Name, release.Reason, release.AtMs))] : null);
    }

    public static TrafficRole Wire(DeploymentRole role) => role switch { DeploymentRole.Canary => TrafficRole.Canary, DeploymentRole.Shadow => TrafficRole.Shadow, _ => TrafficRole.Champion };

    private static EndpointHealth HealthOf(EndpointRow endpoint, List<DeploymentView> deployments)
    {
        if (endpoint.Stopped) { return new EndpointHealth("no", $"Stopped: {endpoint.Reason}"); }

        if (endpoint.Champion is null) { return new EndpointHealth("unknown", "No version is deployed, so nothing answers."); }

        if (deployments.SelectMany(deployment => deployment.Replicas, (deployment, replica) => (deployment, replica)).FirstOrDefault(pair => !pair.replica.Matches) is { replica: { } wrong } found)
        {
            return new EndpointHealth("no", wrong.Fault is { } fault
                ? $"A process cannot load version {found.deployment.Version}: {fault}"
                : $"A process has loaded {wrong.Digest}, and version {found.deployment.Version} was approved with {found.deployment.ModelDigest}.");
        }

        if (deployments.FirstOrDefault(deployment => deployment.Replicas.Count == 0) is { } silent) { return new EndpointHealth("unknown", $"No process has said yet that it has loaded version {silent.Version}."); }

        return endpoint.Halted
            ? new EndpointHealth("attention", $"The rollout is halted: {endpoint.Reason}")
            : new EndpointHealth("yes", "Every process has loaded what was approved.");
    }
}
