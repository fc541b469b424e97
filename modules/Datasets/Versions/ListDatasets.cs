using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Versions;

/// <summary>The datasets of a workspace by name, each with its newest version.</summary>
internal sealed class ListDatasets(Db db)
{
    internal const int DefaultRows = 100;

    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapGet("", async (string? cursor, int? limit, Caller caller, ListDatasets handler, CancellationToken ct) => (await handler.Handle(caller, cursor, limit, ct)).ToHttp())
        .WithName(nameof(ListDatasets)).Needs(Permissions.Read)
        .Produces<Page<DatasetSummary>>().ProducesProblem(400);

    public async Task<Result<Page<DatasetSummary>>> Handle(Caller caller, string? cursor, int? limit, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.Read) ?? LimitFault(limit)) is { } refused) { return refused; }

        var rows = limit ?? DefaultRows;
        return await db.Read<Result<Page<DatasetSummary>>>(tx =>
        {
            var found = DatasetStore.List(tx, caller.Workspace, cursor ?? "", rows + 1);
            var shown = found.Take(rows).ToList();
            var latest = VersionStore.Latest(tx, caller.Workspace, [.. shown.Select(dataset => dataset.Name)]);
            return new Page<DatasetSummary>(
                shown.ConvertAll(dataset => new DatasetSummary(dataset.Name, dataset.Versions, dataset.Description, latest.GetValueOrDefault(dataset.Name)?.View)),
                found.Count > rows ? shown[^1].Name : null);
        }, ct);
    }

    internal static Problem? LimitFault(int? limit) => limit is null or (>= 1 and <= Limits.PageRows) ? null : Problem.Invalid("limit", $"limit is {limit}; it may be 1 to {Limits.PageRows}.");
}
