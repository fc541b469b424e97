using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Inputs;
using Slipway.Tracking.LoggedModels;

namespace Slipway.Tracking.Runs;

/// <summary>One run with all that was logged to it, deleted or not.</summary>
internal sealed class GetRun(Db db)
{
    private const int ShownSourceChars = 2_000;

    public static void Map(RouteGroupBuilder runs) => runs
        .MapGet("/{runId}", async (string runId, Caller caller, GetRun handler, CancellationToken ct) => (await handler.Detail(caller, runId, ct)).ToHttp())
        .WithName(nameof(GetRun)).Needs(Permissions.RunsRead)
        .Produces<RunDetail>().ProducesProblem(404);

    public async Task<Result<RunWithData>> Handle(Caller caller, string runId, CancellationToken ct) =>
        await Read(caller, runId, (_, run) => run, ct);

    private Task<Result<RunDetail>> Detail(Caller caller, string runId, CancellationToken ct) => Read(caller, runId, (tx, run) => new RunDetail(
        run.ToView(), ExperimentStore.NameOf(tx, caller.Workspace, run.Run.ExperimentId) ?? "", run.Run.ArtifactUri,
        [.. run.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal)
            .Select(metric => new LatestMetric(metric.Key, metric.Point.Step, metric.Point.TimeMs, RunWithData.NumberOrNull(metric.Point.Value)))],
        [.. run.Inputs.Datasets.Select(input => new RunDatasetView(
            input.Dataset.Name, input.Dataset.Digest, input.Dataset.SourceType, KeyRules.Cut(input.Dataset.Source, ShownSourceChars), input.Context))],
        RunModels.Of(tx, caller, runId, run.Inputs)), ct);

    private async Task<Result<T>> Read<T>(Caller caller, string runId, Func<ReadTx, RunWithData, T> answer, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        return await db.Read<Result<T>>(
            tx => RunStore.Find(tx, caller, Permissions.RunsRead, runId).Then(run => answer(tx, InputStore.WithInputs(tx, RunStore.Load(tx, [run.Key]))[0])), ct);
    }
}
