using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts.Direct;

/// <summary>An address of the bucket that gives one artifact to whoever has it, for a quarter of an hour. Nobody checks the bytes on their way; the digest goes with it.</summary>
internal sealed class SignDownload(ReadArtifact read, IDirectBlobs? direct = null)
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(15);

    public async Task<Result<(Artifact Artifact, Uri Address)>> Handle(Caller caller, string ownerId, string path, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsRead) is { } denied) { return denied; }

        if (direct is not { Downloads: true }) { return DirectFaults.NotOffered("download"); }

        if ((await read.Handle(caller, ownerId, path, ct)).Fails(out var problem, out var artifact)) { return problem; }

        return (artifact, await direct.Download(artifact.Digest, artifact.Path[(artifact.Path.LastIndexOf('/') + 1)..], Valid));
    }
}
