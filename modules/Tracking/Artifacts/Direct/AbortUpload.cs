using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts.Direct;

/// <summary>Gives an upload up, and with it what has arrived.</summary>
internal sealed class AbortUpload(Db db, IDirectBlobs? direct = null)
{
    /// <param name="ownerId">A run's or a logged model's id; deleted ones too, so that nothing need wait until it expires.</param>
    public async Task<Result<Done>> Handle(Caller caller, string ownerId, string path, string uploadId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsWrite) is { } denied) { return denied; }

        if (direct is null) { return DirectFaults.NotOffered("upload"); }

        if (ArtifactPath.File(path).Fails(out var fault, out var name)) { return fault; }

        var (upload, gone) = await db.Write(tx =>
        {
            var found = UploadStore.Find(tx, caller, uploadId, ownerId, name);
            return (found, found is not null && UploadStore.Delete(tx, uploadId));
        }, ct);
        if (upload is null) { return DirectFaults.NoUpload(uploadId); }

        if (!gone) { return DirectFaults.Busy; }

        if (upload.Digest is null) { await direct.Forget(upload.Stored); }

        return Done.Value;
    }
}
