using Slipway.Kernel;

namespace Slipway.Tracking.Runs;

/// <summary>Sets or removes one tag of an active run; the tag of the name renames the run.</summary>
internal sealed class SetRunTag(Db db, LiveHub live)
{
    public async Task<Result<Done>> Set(Caller caller, string runId, string key, string value, CancellationToken ct)
    {
        if (RunTags.Check([new(key, value)], listed: false).Fails(out var fault, out var tags)) { return fault; }

        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        return RunTags.IsName(tags[0])
            ? await db.Write(tx => Change(tx, caller, RunStore.Find(tx, caller, Permissions.RunsWrite, runId), run =>
            {
                RunStore.SetTags(tx, run, tags);
                RunStore.Rename(tx, run.Key, tags[0].Value);
                return Done.Value;
            }), ct)
            : await db.Append(runId, tx => Change(tx, caller, RunStore.FindAndHold(tx, caller, Permissions.RunsWrite, runId), run =>
            {
                RunStore.SetTags(tx, run, tags);
                return Done.Value;
            }), ct);
    }

    public async Task<Result<Done>> Delete(Caller caller, string runId, string key, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        return await db.Append(tx => Change(tx, caller, RunStore.Find(tx, caller, Permissions.RunsWrite, runId), run =>
            RunStore.DeleteTag(tx, run.Key, key) ? Done.Value : new Problem(404, "not_found", $"No tag with name: {key} in run with id {runId}")), ct);
    }

    private Result<Done> Change(WriteTx tx, Caller caller, Result<Run> found, Func<Run, Result<Done>> change)
    {
        if (found.Fails(out var missing, out var run)) { return missing; }

        if (run.Deleted) { return Faults.NotActive("run", run.RunId); }

        tx.AfterCommit(() => live.Send(new LiveChange("run", caller.Workspace, run.RunId, run.ExperimentIdText)));
        return change(run);
    }
}
