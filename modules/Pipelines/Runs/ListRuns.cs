using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Runs;

/// <summary>Runs of a workspace or of one pipeline, newest first.</summary>
internal sealed class ListRuns(Db db)
{
    private const string Newest = "g"; // after every id, which is hex
    private const int DefaultLimit = 50;

    public static void Map(RouteGroupBuilder runs) => runs
        .MapGet("", async (string? pipeline, string? cursor, int? limit, Caller caller, ListRuns handler, CancellationToken ct) =>
            (await handler.Handle(caller, pipeline, cursor, limit ?? DefaultLimit, ct)).ToHttp())
        .Needs(Permissions.RunsRead).WithName("ListPipelineRuns").WithSummary("Runs of the workspace or of one pipeline, newest first.")
        .Produces<Page<PipelineRunSummary>>().ProducesProblem(400);

    public async Task<Result<Page<PipelineRunSummary>>> Handle(Caller caller, string? pipeline, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        if (cursor is not null && !(cursor.Length == 32 && cursor.All(char.IsAsciiHexDigitLower))) { return Problem.Invalid("cursor", "The cursor is not one that this list gave; leave it out for the first page."); }

        return await db.Read(tx =>
        {
            var rows = RunStore.NewestFirst(tx, caller.Workspace, pipeline, cursor ?? Newest, limit + 1);
            var page = rows.Take(limit).ToList();
            return new Page<PipelineRunSummary>(RunStore.Summaries(tx, page), rows.Count > limit ? page[^1].RunId : null);
        }, ct);
    }
}
