using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Artifacts;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Imports;

/// <summary>Stores one file of an imported run or logged model, deleted or not, in place of what had its name; the answer has its digest.</summary>
internal sealed class ImportArtifact(Db db, IBlobStore blobs, ChangeFiles files)
{
    public static void Map(RouteGroupBuilder imports) => imports
        .MapPut("/{importId}/artifacts", async (string importId, string run, string path, HttpContext context, Caller caller, ImportArtifact handler, CancellationToken ct) =>
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = Limits.ArtifactBytes; }

            return (await handler.Handle(caller, importId, run, path, context.Request.Body, ct)).ToHttp();
        })
        .WithName(nameof(ImportArtifact)).Needs(Permissions.Import)
        .Produces<ArtifactView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413);

    private async Task<Result<ArtifactView>> Handle(Caller caller, string importId, string runId, string path, Stream content, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        if (ArtifactPath.File(path).Fails(out var fault, out var name)) { return fault; }

        // Asked before the upload, so that nothing is taken for nothing.
        if ((await db.Read(tx => Target(tx, caller, importId, runId), ct)).Fails(out var refusal, out _)) { return refusal; }

        var blob = await blobs.Put(content, ct);
        return await db.Write<Result<ArtifactView>>(tx =>
        {
            if (Target(tx, caller, importId, runId).Fails(out var gone, out var owner)) { return gone; }

            if (files.Put(tx, caller, owner, new Artifact(name, blob.Digest, blob.SizeBytes)) is { } needed) { return needed; }

            return new ArtifactView(name, false, blob.SizeBytes, blob.Digest);
        }, ct);
    }

    private static Result<ArtifactOwner> Target(ReadTx tx, Caller caller, string importId, string runId) =>
        ImportStore.Open(tx, caller.Workspace, importId).Fails(out var problem, out _) ? problem
        : ArtifactOwner.Find(tx, caller, Permissions.ArtifactsWrite, runId);
}
