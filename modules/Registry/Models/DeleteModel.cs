using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Models;

/// <summary>Removes a model with its versions, tags and aliases. What was registered stays told by the facts and the audit log.</summary>
internal sealed class DeleteModel(Db db, IGate gate, IObjectGrants grants, LiveHub live)
{
    public async Task<Result<Done>> Handle(Caller caller, string name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsDelete) is { } denied) { return denied; }

        if ((await gate.Ask(db, caller, Actions.ModelDelete, Model.SubjectOf(name), tx => ModelStore.FindBare(tx, caller, Permissions.ModelsDelete, name), ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (ModelStore.Find(tx, caller, Permissions.ModelsDelete, name).Fails(out var missing, out var model)) { return missing; }

            var versions = ModelStore.CountVersions(tx, [model.Id]).GetValueOrDefault(model.Id);
            ModelStore.Delete(tx, model.Id);
            grants.Gone(tx, Model.RefOf(caller.Workspace, name));
            tx.Audit(caller, Actions.ModelDelete, model.Subject, model.ToView(versions), policy: policy);
            tx.Publish(caller, new ModelDeleted(caller.Workspace, name, Tags.MarkPrompt(model.Tags)));
            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, name)));
            return Done.Value;
        }, ct);
    }
}
