using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>The Parquet file of a version, whole or a range.</summary>
internal sealed class ReadContent(Db db, IBlobStore blobs)
{
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapGet("/{name}/versions/{version}/content", async (string name, long version, Caller caller, ReadContent handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, version, ct)).Fails(out var problem, out var digest) ? problem.ToHttp() : await handler.Send(digest, $"{name}-{version}.parquet", ct))
        .WithName(nameof(ReadContent)).Needs(Permissions.Read)
        .Produces<Stream>(200, "application/vnd.apache.parquet").Produces(206).ProducesProblem(404);

    public async Task<Result<string>> Handle(Caller caller, string name, long version, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        return await db.Read(tx => VersionStore.Find(tx, caller.Workspace, name, version), ct) is { } found ? found.View.Digest : GetDatasetVersion.NotFound(name, version);
    }

    // Results.Stream disposes of what it has sent.
    private async Task<IResult> Send(string digest, string file, CancellationToken ct) =>
        Results.Stream(await blobs.Open(digest, ct), "application/vnd.apache.parquet", file, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{digest}\""));
}
