using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts;

/// <summary>Stores the bytes of one artifact under its name, in place of what was there.</summary>
internal sealed class PutArtifact(Db db, IBlobStore blobs, ChangeFiles files, LiveHub live)
{
    /// <param name="ownerId">A run's or a logged model's id.</param>
    public async Task<Result<Artifact>> Handle(Caller caller, string ownerId, string path, Stream content, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsWrite) is { } denied) { return denied; }

        if (ArtifactPath.File(path).Fails(out var fault, out var name)) { return fault; }

        // Asked before the upload, so that a terabyte is not taken for nothing; and again with the name, since the owner may have gone meanwhile.
        if ((await db.Read(tx => ArtifactOwner.FindActive(tx, caller, Permissions.ArtifactsWrite, ownerId), ct)).Problem is { } refusal) { return refusal; }

        var blob = await blobs.Put(content, ct);
        var artifact = new Artifact(name, blob.Digest, blob.SizeBytes);
        return await db.Write<Result<Artifact>>(tx =>
        {
            if (ArtifactOwner.FindActive(tx, caller, Permissions.ArtifactsWrite, ownerId).Fails(out var gone, out var owner)) { return gone; }

            if (files.Put(tx, caller, owner, artifact) is { } needed) { return needed; }

            tx.AfterCommit(() => live.Send(new LiveChange(owner.LiveKind, caller.Workspace, ownerId, owner.ExperimentId)));
            return artifact;
        }, ct);
    }
}
