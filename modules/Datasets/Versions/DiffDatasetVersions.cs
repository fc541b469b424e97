using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>What differs between two versions of a dataset.</summary>
internal sealed class DiffDatasetVersions(GetDatasetVersion versions)
{
    /// <summary><c>from</c> and <c>to</c>: numbers of versions.</summary>
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapGet("/{name}/diff", async (string name, long from, long to, Caller caller, DiffDatasetVersions handler, CancellationToken ct) => (await handler.Handle(caller, name, from, to, ct)).ToHttp())
        .WithName(nameof(DiffDatasetVersions)).Needs(Permissions.Read)
        .Produces<DatasetDiffView>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<DatasetDiffView>> Handle(Caller caller, string name, long from, long to, CancellationToken ct)
    {
        if ((await versions.Handle(caller, name, from, ct)).Fails(out var problem, out var before)) { return problem; }

        if ((await versions.Handle(caller, name, to, ct)).Fails(out problem, out var after)) { return problem; }

        return new DatasetDiffView(before.Version, after.Version, VersionDiff.Rows(before, after));
    }
}
