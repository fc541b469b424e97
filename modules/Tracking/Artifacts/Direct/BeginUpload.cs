using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts.Direct;

/// <summary>Opens an upload of one artifact in parts, straight into the bucket.</summary>
/// <param name="direct">Null = the blobs are in a folder, or the operator allows no such transfers.</param>
internal sealed class BeginUpload(Db db, TimeProvider clock, IDirectBlobs? direct = null)
{
    /// <summary>How long the addresses work.</summary>
    private static readonly TimeSpan Valid = TimeSpan.FromHours(12);

    /// <summary>How long the upload may be completed.</summary>
    private static readonly TimeSpan Open = TimeSpan.FromHours(24);

    /// <param name="ownerId">A run's or a logged model's id.</param>
    /// <returns>The upload and the address of each part, in order.</returns>
    public async Task<Result<(Upload Upload, IReadOnlyList<Uri> Parts)>> Handle(Caller caller, string ownerId, string path, long parts, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsWrite) is { } denied) { return denied; }

        if (direct is null) { return DirectFaults.NotOffered("upload"); }

        if (ArtifactPath.File(path).Fails(out var fault, out var name)) { return fault; }

        if (parts is < 1 or > Limits.UploadParts) { return Problem.Invalid("num_parts", $"Invalid value {parts} for parameter 'num_parts' supplied. It must be from 1 to {Limits.UploadParts}."); }

        if (await db.Read(tx => Refusal(tx, caller, ownerId), ct) is { } refusal) { return refusal; }

        var begun = await direct.Begin((int)parts, Valid, ct);
        var upload = new Upload(Ids.New(clock), caller.Workspace, ownerId, name, caller.Id, begun.Key, begun.Id, (int)parts, clock.NowMs() + (long)Open.TotalMilliseconds, null);
        var kept = await db.Write<Result<Upload>>(tx =>
        {
            if (Refusal(tx, caller, ownerId) is { } gone) { return gone; }

            UploadStore.Insert(tx, upload);
            return upload;
        }, ct);
        if (!kept.Fails(out var late, out _)) { return (upload, begun.Parts); }

        await direct.Forget(begun);
        return late;
    }

    private static Problem? Refusal(ReadTx tx, Caller caller, string ownerId)
    {
        if (ArtifactOwner.FindActive(tx, caller, Permissions.ArtifactsWrite, ownerId).Problem is { } refusal) { return refusal; }

        return UploadStore.CountOpen(tx, caller) < Limits.OpenUploads ? null
            : new Problem(429, "too_many_uploads", $"You have {Limits.OpenUploads} uploads open in workspace '{caller.Workspace}'; complete or abort some.");
    }
}
