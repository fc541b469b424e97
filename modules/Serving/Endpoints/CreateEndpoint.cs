using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Live;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

/// <summary>Makes a name under which versions of one model will answer; nothing answers yet.</summary>
internal sealed class CreateEndpoint(Db db, IGate gate, LiveEndpoints live, LiveHub hub, ViewEndpoints views)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPost("", async (CreateEndpointRequest body, Caller caller, CreateEndpoint handler, CancellationToken ct) =>
            (await handler.Handle(caller, body.Name, body.Model, ct)).ToCreated(view => $"{Routes.Native}/w/{caller.Workspace}/endpoints/{view.Name}"))
        .WithName(nameof(CreateEndpoint)).Needs(Permissions.EndpointsWrite)
        .Produces<EndpointView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);

    public async Task<Result<EndpointView>> Handle(Caller caller, string name, string model, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsWrite) is { } denied) { return denied; }

        if (EndpointFaults.Name(name) is { } fault) { return fault; }

        if (model.Length is 0 or > 256) { return Problem.Invalid("model", $"'model' has {model.Length} characters; the name of a registered model has 1 to 256."); }

        if (!caller.Open(ObjectRef.Model).Includes(model)) { return Problem.NotFound("model", model); }

        var answer = await gate.Ask(caller, Actions.Create.Name, EndpointRow.SubjectOf(name), new Dictionary<string, string> { ["model"] = model }, ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        var made = await db.Write<Result<Done>>(tx =>
        {
            if (EndpointStore.FindForServer(tx, caller.Workspace, name) is not null) { return Problem.Conflict("already_exists", $"There is an endpoint '{name}' already; deploy under it, or take another name."); }

            if (EndpointStore.Count(tx, caller.Workspace) >= Limits.EndpointsPerWorkspace)
            {
                return Problem.Conflict("too_many", $"The workspace has {Limits.EndpointsPerWorkspace} endpoints, as many as it may; delete one first.");
            }

            var now = tx.Clock.NowMs();
            var endpoint = new EndpointRow(Ids.New(tx.Clock), caller.Workspace, name, model, false, false, false, null, now, now, caller.Name);
            EndpointStore.Insert(tx, caller, endpoint);
            tx.Audit(caller, Actions.Create, endpoint.Subject, after: endpoint.ToState(), policy: answer.Policy);
            tx.Publish(caller, new EndpointCreated(caller.Workspace, name, model));
            return Done.Value;
        }, ct);
        if (made.Problem is { } problem) { return problem; }

        await live.Refresh(ct);
        hub.Send(new LiveChange("endpoint", caller.Workspace, name, model));
        return await views.One(caller, name, ct);
    }
}
