using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Versions;

/// <summary>Puts a version into one of MLflow's legacy stages.</summary>
internal sealed class ChangeStage(Db db, IGate gate, LiveHub live)
{
    /// <param name="archiveOthers">The versions that were in the stage go to Archived; for Staging and Production only.</param>
    public async Task<Result<ModelVersion>> Handle(Caller caller, string model, long number, ModelStage stage, bool archiveOthers, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.AliasesWrite) is { } denied) { return denied; }

        if (archiveOthers && stage is not (ModelStage.Staging or ModelStage.Production))
        {
            return Problem.Invalid(
                "archive_existing_versions", $"Model version transition cannot archive existing model versions because '{stage}' is not an Active stage. Valid stages are Staging, Production.");
        }

        if ((await gate.Ask(
            db, caller, Actions.StageChange, ModelVersion.SubjectOf(model, number), tx => VersionStore.Find(tx, caller, Permissions.AliasesWrite, model, number),
            _ => new Dictionary<string, string> { ["stage"] = stage.ToString() }, ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<ModelVersion>>(tx =>
        {
            if (VersionStore.Find(tx, caller, Permissions.AliasesWrite, model, number).Fails(out var missing, out var version)) { return missing; }

            var changed = version with { Stage = stage, UpdatedMs = tx.Clock.NowMs() };
            VersionStore.SetStage(tx, changed);
            ModelStore.Touch(tx, version.ModelId, changed.UpdatedMs);
            Tell(tx, caller, number, version.Stage, stage, model, policy);
            foreach (var other in archiveOthers ? VersionStore.Archive(tx, version.ModelId, stage, number, changed.UpdatedMs) : [])
            {
                Tell(tx, caller, other, stage, ModelStage.Archived, model, policy);
            }

            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, model)));
            return changed;
        }, ct);
    }

    private static void Tell(WriteTx tx, Caller caller, long number, ModelStage from, ModelStage to, string model, string policy)
    {
        if (from == to) { return; }

        tx.Audit(caller, Actions.StageChange, ModelVersion.SubjectOf(model, number), new { stage = from }, new { stage = to }, policy: policy);
        tx.Publish(caller, new StageChanged(caller.Workspace, model, number, from.ToString().ToLowerInvariant(), to.ToString().ToLowerInvariant()));
    }
}
