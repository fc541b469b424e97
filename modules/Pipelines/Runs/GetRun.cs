using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Runs;

/// <summary>One run with its steps.</summary>
internal sealed class GetRun(Db db)
{
    public static void Map(RouteGroupBuilder runs) => runs
        .MapGet("/{runId}", async (string runId, Caller caller, GetRun handler, CancellationToken ct) => (await handler.Handle(caller, runId, ct)).ToHttp())
        .Needs(Permissions.RunsRead).WithName("GetPipelineRun").WithSummary("One run with its steps, what each took and gave, and why a result was reused or not.")
        .Produces<PipelineRunView>().ProducesProblem(404);

    public async Task<Result<PipelineRunView>> Handle(Caller caller, string runId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        return await db.Read<Result<PipelineRunView>>(
            tx => RunStore.Find(tx, caller.Workspace, runId) is { } run ? run.ToView(StepStore.Of(tx, runId)) : Problem.NotFound("pipeline run", runId), ct);
    }
}
