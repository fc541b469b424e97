using Slipway.Kernel;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Artifacts;

/// <summary>Forgets the name of one file, or of all below a directory; what is not there is gone already. Blobs stay: others may name them too.</summary>
internal sealed class DeleteArtifact(Db db, LiveHub live)
{
    public async Task<Result<Done>> Handle(Caller caller, string runId, string? path, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsWrite) is { } denied) { return denied; }

        if (ArtifactPath.Directory(path).Fails(out var fault, out var name)) { return fault; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (RunStore.Find(tx, caller.Workspace, runId) is not { } run) { return Faults.NoRun(runId); }

            if (run.Deleted) { return Faults.NotActive("run", runId); }

            ArtifactStore.Delete(tx, run.Key, name);
            tx.AfterCommit(() => live.Send(new LiveChange("artifact", caller.Workspace, runId, run.ExperimentIdText)));
            return Done.Value;
        }, ct);
    }
}
