using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Deployments;

/// <summary>The kill switch: from the next request on nothing is answered, also after a restart, until two distinct people have released it. Again takes back a release that was given; without one it changes nothing.</summary>
internal sealed class StopEndpoint(ChangeEndpoint change)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPost("/{name}/stop", async (string name, EndpointReasonRequest body, Caller caller, StopEndpoint handler, ViewEndpoints views, CancellationToken ct) =>
            (await handler.Handle(caller, name, body.Reason, ct)).Problem is { } problem ? problem.ToHttp() : (await views.One(caller, name, ct)).ToHttp())
        .WithName(nameof(StopEndpoint)).Needs(Permissions.EndpointsStop)
        .Produces<EndpointView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    public async Task<Result<EndpointState>> Handle(Caller caller, string name, string reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsStop) is { } denied) { return denied; }

        if (EndpointFaults.Reason(reason) is { } fault) { return fault; }

        return await change.Run(caller, name, (tx, endpoint) => endpoint.Stopped && ReleaseStore.Of(tx, endpoint.Id).Count == 0 ? endpoint : Stop(tx, caller, endpoint, reason), ct);
    }

    public static EndpointRow Stop(WriteTx tx, Caller caller, EndpointRow endpoint, string reason)
    {
        ReleaseStore.Clear(tx, endpoint.Id);
        var stopped = ChangeEndpoint.Save(tx, caller, endpoint, endpoint with { Stopped = true, Reason = reason }, Actions.Stop, reason);
        tx.Publish(caller, new EndpointStopped(endpoint.Workspace, endpoint.Name, endpoint.Model, reason));
        return stopped;
    }
}
