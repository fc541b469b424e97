using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines.Definitions;

/// <summary>The pipelines of a workspace by name, each with its newest run; and one of them with its definition.</summary>
internal sealed class ListPipelines(Db db, DefinitionReader definitions)
{
    private const int DefaultLimit = 50;

    public static void Map(RouteGroupBuilder pipelines)
    {
        pipelines.MapGet("", async (string? cursor, int? limit, Caller caller, ListPipelines handler, CancellationToken ct) => (await handler.All(caller, cursor, limit ?? DefaultLimit, ct)).ToHttp())
            .Needs(Permissions.RunsRead).WithName(nameof(ListPipelines)).WithSummary("The pipelines of the workspace by name, each with its newest run.")
            .Produces<Page<PipelineView>>().ProducesProblem(400);
        pipelines.MapGet("/{name}", async (string name, Caller caller, ListPipelines handler, CancellationToken ct) => (await handler.One(caller, name, ct)).ToHttp())
            .Needs(Permissions.RunsRead).WithName("GetPipeline").WithSummary("One pipeline with the definition of its newest run.")
            .Produces<PipelineDetail>().ProducesProblem(404);
    }

    private async Task<Result<Page<PipelineView>>> All(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        return await db.Read(tx =>
        {
            var rows = RunStore.Pipelines(tx, caller.Workspace, cursor ?? "", limit + 1);
            var page = rows.Take(limit).ToList();
            var latest = RunStore.Summaries(tx, RunStore.Those(tx, [.. page.Select(row => row.Latest)])).ToDictionary(run => run.Id, StringComparer.Ordinal);
            return new Page<PipelineView>([.. page.Select(row => new PipelineView(row.Name, row.Runs, latest[row.Latest]))], rows.Count > limit ? page[^1].Name : null);
        }, ct);
    }

    private async Task<Result<PipelineDetail>> One(Caller caller, string name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        return await db.Read<Result<PipelineDetail>>(tx =>
        {
            if (RunStore.Pipeline(tx, caller.Workspace, name) is not { } found) { return Problem.NotFound("pipeline", name); }

            var run = RunStore.Find(tx, caller.Workspace, found.Latest)!;
            var text = RunStore.Definition(tx, caller.Workspace, run.DefinitionDigest)!;
            return new PipelineDetail(new PipelineView(name, found.Runs, RunStore.Summaries(tx, [run])[0]), text, definitions.Read(text, [])?.ToGraph());
        }, ct);
    }
}
