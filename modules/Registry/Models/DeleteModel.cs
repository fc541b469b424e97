using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Models;

/// <summary>Removes a model with its versions, tags and aliases. What was registered stays told by the facts and the audit log.</summary>
internal sealed class DeleteModel(Db db, IGate gate, IObjectGrants grants, LiveHub live)
{
    public async Task<Result<Done>> Handle(Caller caller, string name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsDelete) is { } denied) { return denied; }

        var answer = await gate.Ask(caller, Actions.ModelDelete.Name, Model.SubjectOf(name), new Dictionary<string, string>(), ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (ModelStore.Find(tx, caller, Permissions.ModelsDelete, name).Fails(out var missing, out var model)) { return missing; }

            var versions = ModelStore.CountVersions(tx, [model.Id]).GetValueOrDefault(model.Id);
            ModelStore.Delete(tx, model.Id);
            grants.Gone(tx, Model.RefOf(caller.Workspace, name));
            tx.Audit(caller, Actions.ModelDelete, model.Subject, model.ToView(versions), policy: answer.Policy);
            tx.Publish(caller, new ModelDeleted(caller.Workspace, name, Tags.MarkPrompt(model.Tags)));
            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, name)));
            return Done.Value;
        }, ct);
    }
}
