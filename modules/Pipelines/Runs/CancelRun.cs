using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Engine;

namespace Slipway.Pipelines.Runs;

/// <summary>Asks for a run to end: what runs is stopped, what waits never begins. The answer does not wait for that; again changes nothing.</summary>
internal sealed class CancelRun(Db db, RunSignal signal)
{
    public static void Map(RouteGroupBuilder runs) => runs
        .MapPost("/{runId}/cancel", async (string runId, Caller caller, CancelRun handler, CancellationToken ct) => (await handler.Handle(caller, runId, ct)).ToHttp())
        .Needs(Permissions.RunsWrite).WithName("CancelPipelineRun").WithSummary("Asks for a run to end: what runs is stopped, what waits never begins.")
        .Produces<PipelineRunView>().ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<PipelineRunView>> Handle(Caller caller, string runId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        return await db.Write<Result<PipelineRunView>>(tx =>
        {
            if (RunStore.Find(tx, caller.Workspace, runId) is not { } run) { return Problem.NotFound("pipeline run", runId); }

            if (run.EndedMs is not null && run.State != PipelineRunState.Cancelled)
            {
                return Problem.Conflict("run_ended", $"The run has {run.State.ToString().ToLowerInvariant()} already; there is nothing to cancel.");
            }

            if (run.CancelMs is null)
            {
                RunStore.Cancel(tx, runId, tx.Clock.NowMs());
                tx.Audit(caller, Actions.RunCancel, $"pipelineRun/{runId}");
                tx.AfterCommit(() => signal.Cancel(runId));
            }

            return run.ToView(StepStore.Of(tx, runId));
        }, ct);
    }
}
