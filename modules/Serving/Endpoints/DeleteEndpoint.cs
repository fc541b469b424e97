using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Deployments;
using Slipway.Serving.Live;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

/// <summary>Deletes an endpoint with its deployments; from then on its address is a 404. What it predicted stays in the log as long as the log keeps it.</summary>
internal sealed class DeleteEndpoint(Db db, IGate gate, LiveEndpoints live, LiveHub hub)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapDelete("/{name}", async (string name, Caller caller, DeleteEndpoint handler, CancellationToken ct) => (await handler.Handle(caller, name, ct)).ToHttp())
        .WithName(nameof(DeleteEndpoint)).Needs(Permissions.EndpointsWrite)
        .Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<Done>> Handle(Caller caller, string name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsWrite) is { } denied) { return denied; }

        if ((await gate.Ask<Done>(
            db, caller, Actions.Delete, EndpointRow.SubjectOf(name), tx => EndpointStore.Find(tx, caller, name) is null ? EndpointFaults.NotFound(name) : Done.Value, ct)).Fails(out var refused, out var policy)) { return refused; }

        var deleted = await db.Write<Result<EndpointRow>>(tx =>
        {
            if (EndpointStore.Find(tx, caller, name) is not { } endpoint) { return EndpointFaults.NotFound(name); }

            // Otherwise one person could lift a stop by making the endpoint anew.
            if (endpoint.Stopped) { return Problem.Conflict("endpoint_stopped", $"Endpoint '{name}' is stopped: {endpoint.Reason} Two people release it before it can be deleted."); }

            // And a program a halt, which only a person lifts.
            if (endpoint.Halted && !ResumeRollout.IsPerson(caller)) { return Problem.Forbidden($"'{caller.Name}' is a program; the rollout under '{name}' is halted, and a person resumes it or deletes the endpoint."); }

            EndpointStore.Delete(tx, endpoint.Id);
            tx.Audit(caller, Actions.Delete, endpoint.Subject, before: endpoint.ToState(), policy: policy);
            tx.Publish(caller, new EndpointDeleted(caller.Workspace, name, endpoint.Model));
            return endpoint;
        }, ct);
        if (deleted.Fails(out var problem, out var gone)) { return problem; }

        await live.Refresh(ct);
        hub.Send(new LiveChange("endpoint", caller.Workspace, name, gone.Model));
        return Done.Value;
    }
}
