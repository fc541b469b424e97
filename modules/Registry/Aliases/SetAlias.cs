using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Aliases;

/// <summary>Makes an alias stand for a version, whatever it stood for before.</summary>
internal sealed class SetAlias(Db db, IGate gate, LiveHub live)
{
    public static void Map(RouteGroupBuilder models) => models
        .MapPut("/{name}/aliases/{alias}", async (string name, string alias, SetAliasRequest body, Caller caller, SetAlias handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, alias, body.Version, ct)).ToHttp())
        .WithName(nameof(SetAlias)).Needs(Permissions.AliasesWrite)
        .Produces<AliasView>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<AliasView>> Handle(Caller caller, string model, string alias, long number, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.AliasesWrite) is { } denied) { return denied; }

        if (AliasRules.Fault(alias) is { } fault) { return fault; }

        if ((await gate.Ask(
            // It may ask what the version was made of.
            db, caller, Actions.AliasSet, ModelVersion.SubjectOf(model, number), tx => Find(tx, caller, model, number).Then(found => VersionStore.EvidenceOf(tx, found.ModelId, number)),
            evidence => new Dictionary<string, string>(evidence.Named()) { ["alias"] = alias }, ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<AliasView>>(tx =>
        {
            if (Find(tx, caller, model, number).Fails(out var gone, out var version)) { return gone; }

            var before = AliasStore.Find(tx, version.ModelId, alias);
            var view = new AliasView(model, alias, number, before);
            if (before == number) { return view; }

            AliasStore.Set(tx, version.ModelId, alias, number);
            tx.Audit(caller, Actions.AliasSet, version.Subject, before is { } old ? new AliasView(model, alias, old) : null, new AliasView(model, alias, number), policy: policy);
            tx.Publish(caller, new AliasChanged(caller.Workspace, model, alias, before, number, ModelStore.IsPrompt(tx, version.ModelId)));
            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, model)));
            return view;
        }, ct);
    }

    private static Result<ModelVersion> Find(ReadTx tx, Caller caller, string model, long number) =>
        ModelStore.FindBare(tx, caller, Permissions.AliasesWrite, model).Problem is { } missing ? missing : VersionStore.Find(tx, caller, Permissions.AliasesWrite, model, number);
}
