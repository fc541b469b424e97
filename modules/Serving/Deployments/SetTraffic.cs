using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;

namespace Slipway.Serving.Deployments;

/// <summary>Gives the canary another share. Widening keeps every unit that has it; while the rollout is halted it may only be narrowed.</summary>
internal sealed class SetTraffic(Db db, ChangeEndpoint change, ViewEndpoints views)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPut("/{name}/traffic", async (string name, SetTrafficRequest body, Caller caller, SetTraffic handler, CancellationToken ct) => (await handler.Handle(caller, name, body, ct)).ToHttp())
        .WithName(nameof(SetTraffic)).Needs(Permissions.EndpointsWrite)
        .Produces<EndpointView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<EndpointView>> Handle(Caller caller, string name, SetTrafficRequest asked, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsWrite) is { } denied) { return denied; }

        if ((EndpointFaults.Share("canaryShare", asked.CanaryShare) ?? EndpointFaults.Reason(asked.Reason, required: false)) is { } fault) { return fault; }

        if (await db.Read(tx => EndpointStore.Find(tx, caller, name), ct) is not { } known) { return EndpointFaults.NotFound(name); }

        if (known.Canary is not { } canary) { return NoCanary(name); }

        var answer = await change.Ask(caller, name, known.Model, canary.Version, "traffic", null, ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        var buckets = Split.Of(asked.CanaryShare);
        var changed = await change.Run(caller, name, (tx, endpoint) =>
        {
            if (endpoint.Canary is not { } now || now.Version != canary.Version) { return NoCanary(name); }

            if (endpoint.Halted && buckets > now.Buckets) { return EndpointFaults.Halted(endpoint); }

            if (buckets > now.Buckets && change.Approval(tx, endpoint, now).Problem is { } unapproved) { return unapproved; }

            DeploymentStore.SetBuckets(tx, now.Id, buckets);
            var after = endpoint with { Deployments = [.. endpoint.Deployments.Select(one => one == now ? now with { Buckets = buckets } : one)] };
            return ChangeEndpoint.Save(tx, caller, endpoint, after, Actions.Traffic, asked.Reason, answer.Policy);
        }, ct);
        return changed.Problem is { } problem ? problem : await views.One(caller, name, ct);
    }

    public static Problem NoCanary(string name) => Problem.Conflict("no_canary", $"'{name}' has no canary now; deploy one with a share first.");
}
