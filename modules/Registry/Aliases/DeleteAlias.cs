using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Aliases;

/// <summary>Removes an alias; one that is not there may be removed too, as in MLflow.</summary>
internal sealed class DeleteAlias(Db db, IGate gate, LiveHub live)
{
    public static void Map(RouteGroupBuilder models) => models
        .MapDelete("/{name}/aliases/{alias}", async (string name, string alias, Caller caller, DeleteAlias handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, alias, ct)).ToHttp())
        .WithName(nameof(DeleteAlias)).Needs(Permissions.AliasesWrite)
        .Produces(204).ProducesProblem(404);

    public async Task<Result<Done>> Handle(Caller caller, string model, string alias, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.AliasesWrite) is { } denied) { return denied; }

        if ((await gate.Ask(
            db, caller, Actions.AliasDelete, Model.SubjectOf(model), tx => ModelStore.FindBare(tx, caller, Permissions.AliasesWrite, model),
            _ => new Dictionary<string, string> { ["alias"] = alias }, ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (ModelStore.FindBare(tx, caller, Permissions.AliasesWrite, model).Fails(out var missing, out var found)) { return missing; }

            if (AliasStore.Find(tx, found.Id, alias) is not { } before) { return Done.Value; }

            AliasStore.Delete(tx, found.Id, alias);
            tx.Audit(caller, Actions.AliasDelete, found.Subject, new AliasView(model, alias, before), policy: policy);
            tx.Publish(caller, new AliasChanged(caller.Workspace, model, alias, before, null, ModelStore.IsPrompt(tx, found.Id)));
            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, model)));
            return Done.Value;
        }, ct);
    }
}
