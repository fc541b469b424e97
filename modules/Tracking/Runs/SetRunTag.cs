using Slipway.Kernel;

namespace Slipway.Tracking.Runs;

/// <summary>Sets or removes one tag of an active run; the tag of the name renames the run.</summary>
internal sealed class SetRunTag(Db db, LiveHub live)
{
    public async Task<Result<Done>> Set(Caller caller, string runId, string key, string value, CancellationToken ct)
    {
        if (RunTags.Check([new(key, value)], listed: false).Fails(out var fault, out var tags)) { return fault; }

        return await Change(caller, runId, (tx, run) =>
        {
            RunStore.SetTags(tx, run, tags);
            if (key == RunTags.Name && value.Length > 0) { RunStore.Rename(tx, run.Key, tags[0].Value); }

            return Done.Value;
        }, ct);
    }

    public Task<Result<Done>> Delete(Caller caller, string runId, string key, CancellationToken ct) => Change(
        caller, runId,
        (tx, run) => RunStore.DeleteTag(tx, run.Key, key) ? Done.Value : new Problem(404, "not_found", $"No tag with name: {key} in run with id {runId}"), ct);

    private async Task<Result<Done>> Change(Caller caller, string runId, Func<WriteTx, Run, Result<Done>> change, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        return await db.Append<Result<Done>>(tx =>
        {
            if (RunStore.Find(tx, caller, Permissions.RunsWrite, runId).Fails(out var missing, out var run)) { return missing; }

            if (run.Deleted) { return Faults.NotActive("run", runId); }

            tx.AfterCommit(() => live.Send(new LiveChange("run", caller.Workspace, runId, run.ExperimentIdText)));
            return change(tx, run);
        }, ct);
    }
}
