using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts;

/// <summary>Forgets the name of one file, or of all below a directory; what is not there is gone already. Blobs stay: others may name them too.</summary>
internal sealed class DeleteArtifact(Db db, ChangeFiles files, LiveHub live)
{
    /// <param name="ownerId">A run's or a logged model's id.</param>
    public async Task<Result<Done>> Handle(Caller caller, string ownerId, string? path, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsWrite) is { } denied) { return denied; }

        if (ArtifactPath.Directory(path).Fails(out var fault, out var name)) { return fault; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (ArtifactOwner.FindActive(tx, caller, Permissions.ArtifactsWrite, ownerId).Fails(out var gone, out var owner)) { return gone; }

            if (files.Delete(tx, caller, owner, name) is { } needed) { return needed; }

            tx.AfterCommit(() => live.Send(new LiveChange(owner.LiveKind, caller.Workspace, ownerId, owner.ExperimentId)));
            return Done.Value;
        }, ct);
    }
}
