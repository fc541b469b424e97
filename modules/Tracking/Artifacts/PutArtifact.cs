using Slipway.Kernel;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Artifacts;

/// <summary>Stores the bytes of one artifact under its name, in place of what was there.</summary>
internal sealed class PutArtifact(Db db, IBlobStore blobs, LiveHub live)
{
    public async Task<Result<Artifact>> Handle(Caller caller, string runId, string path, Stream content, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsWrite) is { } denied) { return denied; }

        if (ArtifactPath.File(path).Fails(out var fault, out var name)) { return fault; }

        // Asked before the upload, so that a terabyte is not taken for nothing; and again with the name, since the run may have gone meanwhile.
        if (await db.Read(tx => Refusal(RunStore.Find(tx, caller.Workspace, runId), runId), ct) is { } refusal) { return refusal; }

        var blob = await blobs.Put(content, ct);
        var artifact = new Artifact(name, blob.Digest, blob.SizeBytes);
        return await db.Append<Result<Artifact>>(tx =>
        {
            var run = RunStore.Find(tx, caller.Workspace, runId);
            if (Refusal(run, runId) is { } gone) { return gone; }

            ArtifactStore.Set(tx, run!.Key, artifact);
            tx.AfterCommit(() => live.Send(new LiveChange("artifact", caller.Workspace, runId, run.ExperimentIdText)));
            return artifact;
        }, ct);
    }

    private static Problem? Refusal(Run? run, string runId) => run is null ? Faults.NoRun(runId) : run.Deleted ? Faults.NotActive("run", runId) : null;
}
