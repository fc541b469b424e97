using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines.Logs;

/// <summary>Lines of the log of one step from a number on, at most a page of them.</summary>
internal sealed class GetLog(Db db)
{
    public static void Map(RouteGroupBuilder runs) => runs
        .MapGet("/{runId}/steps/{step}/log", async (string runId, string step, long? from, Caller caller, GetLog handler, CancellationToken ct) =>
            (await handler.Handle(caller, runId, step, from ?? 0, ct)).ToHttp())
        .Needs(Permissions.RunsRead).WithName("GetStepLog").WithSummary("Lines of the log of one step from a number on; 'next' is the number to go on with.")
        .Produces<StepLogView>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<StepLogView>> Handle(Caller caller, string runId, string step, long from, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        if (from < 0) { return Problem.Invalid("from", $"'from' is {from}; lines are numbered from 0."); }

        return await db.Read<Result<StepLogView>>(tx =>
        {
            if (RunStore.Find(tx, caller.Workspace, runId) is null) { return Problem.NotFound("pipeline run", runId); }

            if (StepStore.Of(tx, runId).Find(row => row.Step == step) is not { } row) { return Problem.NotFound("step", step); }

            var lines = LogStore.From(tx, runId, row.Ordinal, from, Limits.PageRows);
            return new StepLogView([.. lines.Select(line => line.Line)], lines.Count == 0 ? from : lines[^1].Number + 1, row.Ended && lines.Count < Limits.PageRows);
        }, ct);
    }
}
