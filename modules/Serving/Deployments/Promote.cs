using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Deployments;

/// <summary>Makes the canary the champion: it gets all the traffic, and the champion so far is kept in mind for a rollback.</summary>
internal sealed class Promote(Db db, ChangeEndpoint change, ViewEndpoints views)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPost("/{name}/promote", async (string name, EndpointReasonRequest body, Caller caller, Promote handler, CancellationToken ct) => (await handler.Handle(caller, name, body.Reason, ct)).ToHttp())
        .WithName(nameof(Promote)).Needs(Permissions.EndpointsWrite)
        .Produces<EndpointView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<EndpointView>> Handle(Caller caller, string name, string reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsWrite) is { } denied) { return denied; }

        if (EndpointFaults.Reason(reason) is { } fault) { return fault; }

        if (await db.Read(tx => EndpointStore.Find(tx, caller, name), ct) is not { } known) { return EndpointFaults.NotFound(name); }

        if (known.Canary is not { } canary) { return SetTraffic.NoCanary(name); }

        var answer = await change.Ask(caller, name, known.Model, canary.Version, "promote", null, ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        var changed = await change.Run(caller, name, (tx, endpoint) =>
        {
            if (endpoint.Canary is not { } now || now.Version != canary.Version) { return SetTraffic.NoCanary(name); }

            if (endpoint.Halted) { return EndpointFaults.Halted(endpoint); }

            if (change.Approval(tx, endpoint, now).Fails(out var unapproved, out var approval)) { return unapproved; }

            var nowMs = tx.Clock.NowMs();
            DeploymentStore.End(tx, now.Id, nowMs, "Promoted.");
            if (endpoint.Champion is { } champion) { DeploymentStore.End(tx, champion.Id, nowMs, $"Replaced by version {now.Version}."); }

            var promoted = now with { Id = Ids.New(tx.Clock), Role = DeploymentRole.Champion, Buckets = 0, SinceMs = nowMs, By = caller.Name, ApprovalId = approval.ApprovalId, EvidenceDigest = approval.EvidenceDigest };
            DeploymentStore.Insert(tx, caller, endpoint.Id, promoted);
            var after = endpoint with
            {
                Deployments = [promoted, .. endpoint.Deployments.Where(one => one.Role == DeploymentRole.Shadow)], RolledBack = false, Reason = endpoint.Stopped ? endpoint.Reason : null,
            };
            return ChangeEndpoint.Save(tx, caller, endpoint, after, Actions.Promote, reason, answer.Policy);
        }, ct);
        return changed.Problem is { } problem ? problem : await views.One(caller, name, ct);
    }
}
