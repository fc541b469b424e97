using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Deployments;

/// <summary>Freezes the shares: nothing is widened, promoted or deployed into the traffic until a person resumes. Again changes nothing.</summary>
internal sealed class HaltRollout(ChangeEndpoint change)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPost("/{name}/halt", async (string name, EndpointReasonRequest body, Caller caller, HaltRollout handler, ViewEndpoints views, CancellationToken ct) =>
            (await handler.Handle(caller, name, body.Reason, ct)).Problem is { } problem ? problem.ToHttp() : (await views.One(caller, name, ct)).ToHttp())
        .WithName(nameof(HaltRollout)).Needs(Permissions.EndpointsStop)
        .Produces<EndpointView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    public async Task<Result<EndpointState>> Handle(Caller caller, string name, string reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsStop) is { } denied) { return denied; }

        if (EndpointFaults.Reason(reason) is { } fault) { return fault; }

        return await change.Run(caller, name, (tx, endpoint) =>
        {
            if (endpoint.Halted) { return endpoint; }

            var halted = ChangeEndpoint.Save(tx, caller, endpoint, endpoint with { Halted = true, Reason = endpoint.Stopped ? endpoint.Reason : reason }, Actions.Halt, reason);
            tx.Publish(caller, new RolloutHalted(endpoint.Workspace, name, endpoint.Model, endpoint.Canary?.Version, reason));
            return halted;
        }, ct);
    }
}
