using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Slipway.Kernel;

namespace Slipway.Pipelines.Files;

/// <summary>The bytes of an output, or of a file that came with a run, never to be shown as a page.</summary>
internal sealed class ReadFile(Db db, IBlobStore blobs)
{
    public static void Map(RouteGroupBuilder workspace) => workspace
        .MapGet("/files/{digest}", async (string digest, Caller caller, ReadFile handler, CancellationToken ct) =>
            (await handler.Handle(caller, digest, ct)).Fails(out var problem, out var name) ? problem.ToHttp() : new Attachment(handler.Blobs, digest, name))
        .Needs(Permissions.RunsRead).WithName("ReadPipelineFile").WithSummary("An output of a step, or a file that came with a run, whole or a range.")
        .Produces<Stream>(200, "application/octet-stream").Produces(206).ProducesProblem(404);

    private IBlobStore Blobs => blobs;

    private async Task<Result<string>> Handle(Caller caller, string digest, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        if (!BlobDigest.IsValid(digest)) { return Problem.NotFound("file", digest); }

        return await db.Read<Result<string>>(tx => FileStore.Name(tx, caller.Workspace, digest) is { } name ? name : Problem.NotFound("file", digest), ct);
    }

    /// <summary>As an attachment that no browser runs: its bytes were made by somebody's code.</summary>
    private sealed class Attachment(IBlobStore blobs, string digest, string name) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name.Length == 0 ? digest : name)}";
            await using var content = await blobs.Open(digest, httpContext.RequestAborted);
            await Results.Stream(content, "application/octet-stream", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{digest}\"")).ExecuteAsync(httpContext);
        }
    }
}
