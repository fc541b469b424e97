using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Deployments;

/// <summary>Releases the kill switch: the first person's call is kept, the second one's, by somebody else, lets the endpoint answer again, with what is still approved. Programs do not release.</summary>
internal sealed class ReleaseEndpoint(ChangeEndpoint change, ViewEndpoints views)
{
    public const int People = 2;

    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPost("/{name}/release", async (string name, EndpointReasonRequest body, Caller caller, ReleaseEndpoint handler, CancellationToken ct) => (await handler.Handle(caller, name, body.Reason, ct)).ToHttp())
        .WithName(nameof(ReleaseEndpoint)).Needs(Permissions.EndpointsStop)
        .Produces<EndpointView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<EndpointView>> Handle(Caller caller, string name, string reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsStop) is { } denied) { return denied; }

        if (EndpointFaults.Reason(reason) is { } fault) { return fault; }

        if (!ResumeRollout.IsPerson(caller)) { return Problem.Forbidden($"'{caller.Name}' is a program; a stopped endpoint is released by {People} people."); }

        var changed = await change.Run(caller, name, (tx, endpoint) => endpoint.Stopped ? Release(tx, caller, endpoint, reason) : endpoint, ct);
        return changed.Problem is { } problem ? problem : await views.One(caller, name, ct);
    }

    private EndpointRow Release(WriteTx tx, Caller caller, EndpointRow endpoint, string reason)
    {
        ReleaseStore.Add(tx, caller, endpoint.Id, reason, tx.Clock.NowMs());
        var releases = ReleaseStore.Of(tx, endpoint.Id);
        if (releases.Count < People)
        {
            tx.Audit(caller, Actions.Release, endpoint.Subject, endpoint.ToState(), endpoint.ToState(), reason);
            EndpointStore.Raise(tx);
            return endpoint;
        }

        ReleaseStore.Clear(tx, endpoint.Id);
        var after = endpoint with { Stopped = false, Reason = endpoint.Halted ? reason : null, Deployments = Approved(tx, endpoint) };
        var released = ChangeEndpoint.Save(tx, caller, endpoint, after, Actions.Release, reason);
        tx.Publish(caller, new EndpointReleased(endpoint.Workspace, endpoint.Name, endpoint.Model, [.. releases.Select(release => release.Name)], reason));
        return released;
    }

    /// <summary>What has lost its approval does not come back with the endpoint; without its champion a canary does not either.</summary>
    private List<Deployment> Approved(WriteTx tx, EndpointRow endpoint)
    {
        var approved = endpoint.Deployments.Where(one => change.Approval(tx, endpoint, one).Problem is null).ToList();
        if (!approved.Exists(one => one.Role == DeploymentRole.Champion)) { approved.RemoveAll(one => one.Role == DeploymentRole.Canary); }

        foreach (var lost in endpoint.Deployments.Except(approved)) { DeploymentStore.End(tx, lost.Id, tx.Clock.NowMs(), "Its approval was no longer in force when the endpoint was released."); }

        return approved;
    }
}
