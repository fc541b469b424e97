using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Models;

/// <summary>Gives a model another name; its versions, tags and aliases go with it.</summary>
internal sealed class RenameModel(Db db, IGate gate, IObjectGrants grants, LiveHub live)
{
    public async Task<Result<Model>> Handle(Caller caller, string name, string newName, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsWrite) is { } denied) { return denied; }

        if (ModelNames.Fault(newName, "new_name") is { } fault) { return fault; }

        if ((await gate.Ask(
            db, caller, Actions.ModelRename, Model.SubjectOf(name), tx => ModelStore.FindBare(tx, caller, Permissions.ModelsWrite, name),
            _ => new Dictionary<string, string> { ["newName"] = newName }, ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<Model>>(tx =>
        {
            if (ModelStore.Find(tx, caller, Permissions.ModelsWrite, name).Fails(out var missing, out var model)) { return missing; }

            if (ModelStore.HolderOf(tx, caller.Workspace, newName) is not null)
            {
                return Problem.Conflict(MlflowFaults.AlreadyExists, $"Registered Model (name={newName}) already exists. Choose another name.");
            }

            var renamed = model with { Name = newName, UpdatedMs = tx.Clock.NowMs() };
            ModelStore.Rename(tx, model.Id, newName, renamed.UpdatedMs);
            grants.Renamed(tx, Model.RefOf(caller.Workspace, name), newName);
            tx.Audit(caller, Actions.ModelRename, model.Subject, model.ToView(default), renamed.ToView(default), policy: policy);
            tx.Publish(caller, new ModelRenamed(caller.Workspace, newName, name));
            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, newName)));
            return renamed;
        }, ct);
    }
}
