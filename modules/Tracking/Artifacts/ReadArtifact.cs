using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts;

/// <summary>The bytes of one artifact, whole or a range, never to be shown as a page.</summary>
internal sealed class ReadArtifact(Db db, IBlobStore blobs)
{
    public static void Map(RouteGroupBuilder runs, RouteGroupBuilder models)
    {
        runs.MapGet("/{runId}/artifacts/content", (string runId, string path, Caller caller, ReadArtifact handler, CancellationToken ct) => handler.Answer(caller, runId, path, ct))
            .WithName(nameof(ReadArtifact)).Needs(Permissions.ArtifactsRead)
            .Produces<Stream>(200, "application/octet-stream").Produces(206).ProducesProblem(400).ProducesProblem(404);
        models.MapGet("/{modelId}/artifacts/content", (string modelId, string path, Caller caller, ReadArtifact handler, CancellationToken ct) => handler.Answer(caller, modelId, path, ct))
            .WithName("ReadLoggedModelArtifact").Needs(Permissions.ArtifactsRead)
            .Produces<Stream>(200, "application/octet-stream").Produces(206).ProducesProblem(400).ProducesProblem(404);
    }

    /// <param name="ownerId">A run's or a logged model's id.</param>
    public async Task<Result<Artifact>> Handle(Caller caller, string ownerId, string path, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsRead) is { } denied) { return denied; }

        if (ArtifactPath.File(path).Fails(out var fault, out var name)) { return fault; }

        return await db.Read<Result<Artifact>>(
            tx => ArtifactOwner.Find(tx, caller, Permissions.ArtifactsRead, ownerId).Fails(out var missing, out var owner) ? missing
                : ArtifactStore.Find(tx, owner.Key, name) is { } artifact ? artifact
                : owner.Elsewhere ?? new Problem(404, "not_found", $"No such artifact: '{name}'"), ct);
    }

    private async Task<IResult> Answer(Caller caller, string ownerId, string path, CancellationToken ct) =>
        (await Handle(caller, ownerId, path, ct)).Fails(out var problem, out var file) ? problem.ToHttp() : Send(file);

    /// <summary>As an attachment that no browser runs: its bytes were made by somebody's code.</summary>
    public IResult Send(Artifact artifact) => new Attachment(blobs, artifact);

    private sealed class Attachment(IBlobStore blobs, Artifact artifact) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var name = artifact.Path[(artifact.Path.LastIndexOf('/') + 1)..];
            var headers = httpContext.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            headers.ContentDisposition = Disposition(name);
            await using var content = new SentBlobStream(blobs, new BlobInfo(artifact.Digest, artifact.SizeBytes), httpContext.Response);
            await Results.Stream(
                content, ContentTypes.Of(name), enableRangeProcessing: true,
                entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{artifact.Digest}\"")).ExecuteAsync(httpContext);
        }

        // Plain where the name allows it, as MLflow sends it; RFC 6266's extended form elsewhere.
        private static string Disposition(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? $"attachment; filename={name}"
            : $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}";
    }
}
