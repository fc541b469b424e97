using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Runs;

/// <summary>Puts a run away or brings it back; doing it twice changes nothing and is not audited twice.</summary>
internal sealed class DeleteRun(Db db, IGate gate, LiveHub live)
{
    public Task<Result<Done>> Delete(Caller caller, string runId, CancellationToken ct) => Mark(caller, runId, Actions.RunDelete, deleted: true, ct);

    public Task<Result<Done>> Restore(Caller caller, string runId, CancellationToken ct) => Mark(caller, runId, Actions.RunRestore, deleted: false, ct);

    private async Task<Result<Done>> Mark(Caller caller, string runId, AuditAction action, bool deleted, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsDelete) is { } denied) { return denied; }

        if ((await gate.Ask(db, caller, action, $"run/{runId}", tx => RunStore.Find(tx, caller, Permissions.RunsDelete, runId), ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (RunStore.Find(tx, caller, Permissions.RunsDelete, runId).Fails(out var missing, out var run)) { return missing; }

            if (run.Deleted == deleted) { return Done.Value; }

            RunStore.SetDeleted(tx, run.Key, deleted);
            tx.Audit(caller, action, $"run/{runId}", run, run with { Deleted = deleted }, policy: policy);
            if (deleted) { tx.Publish(caller, new RunDeleted(caller.Workspace, runId, run.ExperimentIdText)); }
            else { tx.Publish(caller, new RunRestored(caller.Workspace, runId, run.ExperimentIdText)); }

            tx.AfterCommit(() => live.Send(new LiveChange("run", caller.Workspace, runId, run.ExperimentIdText)));
            return Done.Value;
        }, ct);
    }
}
