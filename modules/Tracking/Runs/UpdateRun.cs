using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Runs;

/// <summary>Changes state, end and name of an active run; what is not given stays.</summary>
internal sealed class UpdateRun(Db db, LiveHub live)
{
    /// <param name="name">Null or empty = the name stays.</param>
    public async Task<Result<Run>> Handle(Caller caller, string runId, RunStatus? status, long? endMs, string? name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        return await db.Write<Result<Run>>(tx =>
        {
            if (RunStore.Find(tx, caller, Permissions.RunsWrite, runId).Fails(out var missing, out var run)) { return missing; }

            if (run.Deleted) { return Faults.NotActive("run", runId); }

            var shown = string.IsNullOrEmpty(name) ? run.Name : KeyRules.Cut(name, ValueLimits.RunTagValueChars);
            var changed = run with { Status = status ?? run.Status, EndMs = endMs ?? run.EndMs, Name = shown };
            RunStore.Update(tx, changed);
            if (shown != run.Name) { RunStore.SetTags(tx, run, [new(RunTags.Name, shown)]); }

            if (changed.HasEnded && !run.HasEnded)
            {
                tx.Publish(caller, new RunFinished(caller.Workspace, runId, run.ExperimentIdText, shown, changed.Status.ToString().ToLowerInvariant(), changed.EndMs));
            }

            tx.AfterCommit(() => live.Send(new LiveChange("run", caller.Workspace, runId, run.ExperimentIdText)));
            return changed;
        }, ct);
    }
}
