using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Versions;

/// <summary>One version with its columns, statistics and verdicts.</summary>
internal sealed class GetDatasetVersion(Db db, IBlobStore blobs)
{
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapGet("/{name}/versions/{version}", async (string name, long version, Caller caller, GetDatasetVersion handler, CancellationToken ct) => (await handler.Handle(caller, name, version, ct)).ToHttp())
        .WithName(nameof(GetDatasetVersion)).Needs(Permissions.Read)
        .Produces<DatasetVersionDetail>().ProducesProblem(404);

    public async Task<Result<DatasetVersionDetail>> Handle(Caller caller, string name, long version, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        if (await db.Read(tx => VersionStore.Find(tx, caller.Workspace, name, version), ct) is not { } found) { return NotFound(name, version); }

        await using var json = await blobs.Open(found.DetailDigest, ct);
        var details = (await JsonSerializer.DeserializeAsync<VersionDetails>(json, WireJson.Options, ct))!;
        return new DatasetVersionDetail(found.View, details.Schema, details.Verdicts);
    }

    internal static Problem NotFound(string name, long version) => Problem.NotFound("version of a dataset", $"{name}/{version}");
}
