using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Versions;

/// <summary>The versions of a dataset, newest first.</summary>
internal sealed class ListDatasetVersions(Db db)
{
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapGet("/{name}/versions", async (string name, string? cursor, int? limit, Caller caller, ListDatasetVersions handler, CancellationToken ct) => (await handler.Handle(caller, name, cursor, limit, ct)).ToHttp())
        .WithName(nameof(ListDatasetVersions)).Needs(Permissions.Read)
        .Produces<Page<DatasetVersionView>>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<Page<DatasetVersionView>>> Handle(Caller caller, string name, string? cursor, int? limit, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.Read) ?? ListDatasets.LimitFault(limit)) is { } refused) { return refused; }

        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before)) { return Problem.Invalid("cursor", "The cursor is none that a page gave; leave it out for the first page."); }

        var rows = limit ?? ListDatasets.DefaultRows;
        return await db.Read<Result<Page<DatasetVersionView>>>(tx =>
        {
            if (DatasetStore.Find(tx, caller.Workspace, name) is null) { return Problem.NotFound("dataset", name); }

            var found = VersionStore.List(tx, caller.Workspace, name, before, rows + 1).ConvertAll(version => version.View);
            return found.Count <= rows ? new Page<DatasetVersionView>(found) : new Page<DatasetVersionView>(found[..rows], found[rows - 1].Version.ToString(CultureInfo.InvariantCulture));
        }, ct);
    }
}
