using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Files;

/// <summary>Stores a file that a run will name; the same bytes again cost nothing.</summary>
internal sealed class PutFile(Db db, IBlobStore blobs, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder pipelines) => pipelines
        .MapPost("/files", async (HttpContext context, Caller caller, PutFile handler, CancellationToken ct) => await handler.Upload(context, caller, ct))
        .Needs(Permissions.RunsWrite).WithName("PutPipelineFile").WithSummary("Stores a file, sent as the body, that a run will name by its digest.")
        .Produces<PipelineFileView>().ProducesProblem(413);

    private async Task<IResult> Upload(HttpContext context, Caller caller, CancellationToken ct)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) { size.MaxRequestBodySize = Limits.PipelineFileBytes; }

        return (await Handle(caller, context.Request.Body, ct)).ToHttp();
    }

    public async Task<Result<PipelineFileView>> Handle(Caller caller, Stream content, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        var blob = await blobs.Put(content, ct);
        await db.Append(tx => FileStore.Keep(tx, caller.Workspace, [(blob.Digest, "", blob.SizeBytes)], clock.NowMs()), ct);
        return new PipelineFileView(blob.Digest, blob.SizeBytes);
    }
}
