using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Experiments;

/// <summary>Puts an experiment away with all its runs, and brings it back with all its runs; nothing is erased.</summary>
internal sealed class DeleteExperiment(Db db, IGate gate, LiveHub live)
{
    public Task<Result<Done>> Delete(Caller caller, long id, CancellationToken ct) => Mark(caller, id, Actions.ExperimentDelete, deleted: true, ct);

    public Task<Result<Done>> Restore(Caller caller, long id, CancellationToken ct) => Mark(caller, id, Actions.ExperimentRestore, deleted: false, ct);

    private async Task<Result<Done>> Mark(Caller caller, long id, AuditAction action, bool deleted, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsDelete) is { } denied) { return denied; }

        var subject = $"experiment/{id}";
        if ((await gate.Ask(db, caller, action, subject, tx => ExperimentStore.FindWithoutTags(tx, caller, Permissions.ExperimentsDelete, id), ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (ExperimentStore.Find(tx, caller, Permissions.ExperimentsDelete, id).Fails(out var missing, out var experiment)) { return missing; }

            // Only an active one can be deleted, only a deleted one restored: the other way round it is not there, as in MLflow.
            if (experiment.Deleted == deleted) { return Faults.NoExperiment($"{id}"); }

            ExperimentStore.SetDeleted(tx, id, deleted, tx.Clock.NowMs());
            tx.Audit(caller, action, subject, experiment.ToView(), (experiment with { Deleted = deleted }).ToView(), policy: policy);
            if (deleted) { tx.Publish(caller, new ExperimentDeleted(caller.Workspace, experiment.IdText, experiment.Name)); }
            else { tx.Publish(caller, new ExperimentRestored(caller.Workspace, experiment.IdText, experiment.Name)); }

            tx.AfterCommit(() => live.Send(new LiveChange("experiment", caller.Workspace, experiment.IdText)));
            return Done.Value;
        }, ct);
    }
}
