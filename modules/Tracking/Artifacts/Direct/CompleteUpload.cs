using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts.Direct;

/// <summary>
/// Puts the parts of an upload together, hashes the whole and gives it its name. That takes as long as reading it: it goes on when the client gives up waiting, and the
/// client that asks again waits for the same work or hears that it is done.
/// </summary>
internal sealed partial class CompleteUpload(Db db, ChangeFiles files, LiveHub live, TimeProvider clock, IHostApplicationLifetime server, ILogger<CompleteUpload> log, IDirectBlobs? direct = null)
{
    private const long HoldMs = 2 * 60 * 60 * 1000;
    private const int ETagChars = 200;
    private readonly ConcurrentDictionary<string, Lazy<Task<Result<Done>>>> _running = new();
    private readonly string _holder = Ids.New(clock);

    /// <param name="ownerId">A run's or a logged model's id.</param>
    /// <param name="parts">Numbers from 1 and the ETags that the store answered with.</param>
    public async Task<Result<Done>> Handle(Caller caller, string ownerId, string path, string uploadId, IReadOnlyList<(long Number, string ETag)> parts, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsWrite) is { } denied) { return denied; }

        if (direct is null) { return DirectFaults.NotOffered("upload"); }

        if (ArtifactPath.File(path).Fails(out var fault, out var name)) { return fault; }

        var (upload, refusal) = await db.Read(tx => (
            UploadStore.Find(tx, caller, uploadId, ownerId, name), ArtifactOwner.FindActive(tx, caller, Permissions.ArtifactsWrite, ownerId).Problem), ct);
        if (refusal is not null) { return refusal; }

        if (upload is null || (upload.Digest is null && upload.ExpiresMs < clock.NowMs())) { return DirectFaults.NoUpload(uploadId); }

        if (upload.Digest is not null) { return Done.Value; }

        if (PartsFault(upload, parts) is { } wrong) { return wrong; }

        var work = _running.GetOrAdd(uploadId, _ => new Lazy<Task<Result<Done>>>(() => Run(caller, upload, [.. parts.Select(part => ((int)part.Number, part.ETag))], server.ApplicationStopping)));
        return await work.Value.WaitAsync(ct);
    }

    private static Problem? PartsFault(Upload upload, IReadOnlyList<(long Number, string ETag)> parts)
    {
        if (parts.Count == 0) { return Problem.Invalid("parts", "Missing value for required parameter 'parts'. See the API docs for more information about request parameters."); }

        if (parts.FirstOrDefault(part => part.Number < 1 || part.Number > upload.Parts) is { ETag: not null } strange)
        {
            return Problem.Invalid("parts", $"Part {strange.Number} was not asked for: this upload has parts 1 to {upload.Parts}.");
        }

        return parts.DistinctBy(part => part.Number).Count() < parts.Count ? Problem.Invalid("parts", "A part is named twice.")
            : parts.Any(part => part.ETag.Length is 0 or > ETagChars || part.ETag.Any(char.IsControl)) ? Problem.Invalid("parts", "Each part needs the ETag that the store answered with.")
            : null;
    }

    private async Task<Result<Done>> Run(Caller caller, Upload upload, IReadOnlyList<(int Number, string ETag)> parts, CancellationToken stop)
    {
        try
        {
            var (held, done) = await db.Write(tx => (UploadStore.TryHold(tx, upload.UploadId, _holder, clock.NowMs() + HoldMs), UploadStore.IsDone(tx, upload.UploadId)), stop);
            if (done) { return Done.Value; }

            if (!held) { return DirectFaults.Busy; }

            try { return await Keep(caller, upload, parts, stop); }
            finally { await db.Write(tx => UploadStore.LetGo(tx, upload.UploadId, _holder), CancellationToken.None); }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whoever asked may have gone.
            Failed(upload.UploadId, upload.OwnerId, error);
            throw;
        }
        finally { _running.TryRemove(upload.UploadId, out _); }
    }

    private async Task<Result<Done>> Keep(Caller caller, Upload upload, IReadOnlyList<(int Number, string ETag)> parts, CancellationToken stop)
    {
        if ((await direct!.Complete(upload.Stored, parts, Limits.ArtifactBytes, stop)).Fails(out var problem, out var blob)) { return problem; }

        // The run may have gone meanwhile.
        var kept = await db.Write<Result<Done>>(tx =>
        {
            if (ArtifactOwner.ActiveForServer(tx, upload.Workspace, upload.OwnerId).Fails(out var gone, out var owner)) { return gone; }

            if (files.Put(tx, caller, owner, new Artifact(upload.Path, blob.Digest, blob.SizeBytes)) is { } needed) { return needed; }

            UploadStore.Finish(tx, upload.UploadId, blob.Digest);
            tx.AfterCommit(() => live.Send(new LiveChange(owner.LiveKind, upload.Workspace, upload.OwnerId, owner.ExperimentId)));
            return Done.Value;
        }, stop);
        await direct.Forget(upload.Stored);
        return kept;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upload {Upload} of {Owner} could not be completed; its client may ask again")]
    private partial void Failed(string upload, string owner, Exception error);
}
