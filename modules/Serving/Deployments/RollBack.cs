using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Deployments;

/// <summary>
/// Takes a version out of the traffic: a canary, whose units go back to the champion, or the champion, in whose place the one before comes if its approval is still in force. A version that was
/// rolled back is not gone back to until it is deployed or promoted anew. Again changes nothing, until something is deployed or promoted. Going back asks no gate.
/// </summary>
internal sealed class RollBack(ChangeEndpoint change)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPost("/{name}/rollback", async (string name, RollBackRequest body, Caller caller, RollBack handler, ViewEndpoints views, CancellationToken ct) =>
            (await handler.Handle(caller, name, body.Version, body.Reason, ct)).Problem is { } problem ? problem.ToHttp() : (await views.One(caller, name, ct)).ToHttp())
        .WithName("RollBackEndpoint").Needs(Permissions.EndpointsStop)
        .Produces<EndpointView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    /// <param name="version">Only when this version is at work; null = the canary, or without one the champion.</param>
    public async Task<Result<EndpointState>> Handle(Caller caller, string name, long? version, string reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsStop) is { } denied) { return denied; }

        if (EndpointFaults.Reason(reason) is { } fault) { return fault; }

        return await change.Run(caller, name, (tx, endpoint) =>
        {
            var leaving = version is { } wanted
                ? endpoint.Deployments.FirstOrDefault(one => one.Version == wanted)
                : endpoint.Canary ?? (endpoint.RolledBack ? null : endpoint.Champion);
            if (leaving is null)
            {
                return version is not null || endpoint.RolledBack ? endpoint : Problem.Conflict("nothing_deployed", $"No version is deployed under '{name}', so there is nothing to roll back.");
            }

            return leaving.Role == DeploymentRole.Champion ? ToChampionBefore(tx, caller, endpoint, leaving, reason) : Without(tx, caller, endpoint, leaving, reason, Actions.RollBack);
        }, ct);
    }

    /// <summary>The endpoint without a canary or a shadow.</summary>
    public static EndpointRow Without(WriteTx tx, Caller caller, EndpointRow endpoint, Deployment leaving, string reason, AuditAction action)
    {
        var shadow = leaving.Role == DeploymentRole.Shadow;
        if (shadow) { DeploymentStore.End(tx, leaving.Id, tx.Clock.NowMs(), reason); }
        else { DeploymentStore.RollBack(tx, endpoint.Id, leaving, tx.Clock.NowMs(), reason); }

        var after = endpoint with
        {
            Deployments = [.. endpoint.Deployments.Where(one => one != leaving)], RolledBack = endpoint.RolledBack || !shadow, Reason = shadow || endpoint.Stopped ? endpoint.Reason : reason,
        };
        var saved = ChangeEndpoint.Save(tx, caller, endpoint, after, action, reason);
        if (!shadow && endpoint.Champion is { } champion) { tx.Publish(caller, new RolledBack(endpoint.Workspace, endpoint.Name, endpoint.Model, leaving.Version, champion.Version, reason)); }

        return saved;
    }

    private Result<EndpointRow> ToChampionBefore(WriteTx tx, Caller caller, EndpointRow endpoint, Deployment champion, string reason)
    {
        if (DeploymentStore.ChampionBefore(tx, endpoint.Id, champion.Version) is not { } before)
        {
            return Problem.Conflict("nothing_before", $"There is no champion before version {champion.Version} under '{endpoint.Name}' that was not rolled back itself. Stop the endpoint if it must not answer.");
        }

        if (change.Approval(tx, endpoint, before).Fails(out var unapproved, out var approval))
        {
            return Problem.Conflict("nothing_before", $"Version {before.Version} was the champion before, but may not come back: {unapproved.Detail} Stop the endpoint if it must not answer.");
        }

        var now = tx.Clock.NowMs();
        DeploymentStore.RollBack(tx, endpoint.Id, champion, now, reason);
        var back = before with { Id = Ids.New(tx.Clock), SinceMs = now, By = caller.Name, ApprovalId = approval.ApprovalId, EvidenceDigest = approval.EvidenceDigest };
        DeploymentStore.Insert(tx, caller, endpoint.Id, back);
        var after = endpoint with { Deployments = [back, .. endpoint.Deployments.Where(one => one != champion)], RolledBack = true, Reason = endpoint.Stopped ? endpoint.Reason : reason };
        var saved = ChangeEndpoint.Save(tx, caller, endpoint, after, Actions.RollBack, reason);
        tx.Publish(caller, new RolledBack(endpoint.Workspace, endpoint.Name, endpoint.Model, champion.Version, back.Version, reason));
        return saved;
    }
}
