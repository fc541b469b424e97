using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Deployments;

/// <summary>Lets a halted rollout go on; only a person may, and every version in the traffic must have its approval.</summary>
internal sealed class ResumeRollout(Db db, ChangeEndpoint change, ViewEndpoints views)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPost("/{name}/resume", async (string name, EndpointReasonRequest body, Caller caller, ResumeRollout handler, CancellationToken ct) => (await handler.Handle(caller, name, body.Reason, ct)).ToHttp())
        .WithName(nameof(ResumeRollout)).Needs(Permissions.EndpointsWrite)
        .Produces<EndpointView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<EndpointView>> Handle(Caller caller, string name, string reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsWrite) is { } denied) { return denied; }

        if (EndpointFaults.Reason(reason) is { } fault) { return fault; }

        if (!IsPerson(caller)) { return Problem.Forbidden($"'{caller.Name}' is a program; a halted rollout is resumed by a person."); }

        if (await db.Read(tx => EndpointStore.Find(tx, caller, name), ct) is not { } known) { return EndpointFaults.NotFound(name); }

        var policies = new List<string>();
        foreach (var deployment in known.Deployments.Where(one => one.Role != DeploymentRole.Shadow))
        {
            var answer = await change.Ask(caller, name, known.Model, deployment.Version, "resume", null, ct);
            if (answer.Refusal is { } refusal) { return refusal; }

            policies.Add(answer.Policy);
        }

        var changed = await change.Run(caller, name, (tx, endpoint) =>
        {
            if (!endpoint.Halted) { return endpoint; }

            foreach (var deployment in endpoint.Deployments.Where(one => one.Role != DeploymentRole.Shadow))
            {
                if (change.Approval(tx, endpoint, deployment).Problem is { } unapproved) { return unapproved; }
            }

            return ChangeEndpoint.Save(tx, caller, endpoint, endpoint with { Halted = false, Reason = endpoint.Stopped ? endpoint.Reason : null }, Actions.Resume, reason, policies.FirstOrDefault());
        }, ct);
        return changed.Problem is { } problem ? problem : await views.One(caller, name, ct);
    }

    /// <summary>Somebody who can be asked why; the local owner stands for one person, and a program that works in a person's name is none.</summary>
    public static bool IsPerson(Caller caller) => caller is { Kind: PrincipalKind.Person or PrincipalKind.LocalOwner, ActingAs: null };
}
