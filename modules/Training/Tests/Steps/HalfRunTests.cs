using Slipway.Pipelines.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Training.Tests.Steps;

/// <summary>No attempt leaves a run half done: the next one completes it, or it ends with its pipeline run.</summary>
public sealed class HalfRunTests
{
    private const string Definition =
        """
        pipeline: p
        steps:
          ingest: { uses: ingest, with: { dataset: d, file: hmda.csv, contract: hmda.contract.yaml } }
          train: { uses: train, in: { data: ingest.data }, with: { model: linear, experiment: e, label: { column: pirat }, features: [ { column: hirat } ] } }
        """;

    [Theory, EachDatabase]
    public async Task A_step_that_is_cancelled_ends_its_run_as_killed(string database)
    {
        await using var shop = await Workshop.Open(database, services => HeldRuns.Add(services, runs => runs.Held = true));
        var run = await shop.Start(Definition, "mortgage");
        var half = await Workshop.Until(() => shop.RunsOf("e"), runs => runs.Count == 1);
        Assert.Equal(RunStatus.Running, half[0].Status);

        await shop.Cancel(run.Id);

        Assert.Equal(PipelineRunState.Cancelled, (await shop.End(run.Id)).State);
        var ended = await Workshop.Until(() => shop.RunsOf("e"), runs => runs[0].EndedMs is not null);
        Assert.Equal(RunStatus.Killed, ended[0].Status);
    }

    [Theory, EachDatabase]
    public async Task A_step_that_breaks_off_ends_its_run_as_failed(string database)
    {
        await using var shop = await Workshop.Open(database, services => HeldRuns.Add(services, runs => runs.Broken = true));

        var run = await shop.End((await shop.Start(Definition, "mortgage")).Id);

        Assert.Equal(PipelineRunState.Failed, run.State);
        var ended = await Workshop.Until(() => shop.RunsOf("e"), runs => runs.Count == 1 && runs[0].EndedMs is not null);
        Assert.Equal(RunStatus.Failed, ended[0].Status);
    }

    [Theory, EachDatabase]
    public async Task A_step_whose_server_ends_in_the_middle_completes_the_same_run_in_the_next(string database)
    {
        await using var shop = await Workshop.Open(database, services => HeldRuns.Add(services, runs => runs.Held = true));
        var run = await shop.Start(Definition, "mortgage");
        var half = (await Workshop.Until(() => shop.RunsOf("e"), runs => runs.Count == 1))[0];

        await shop.Restart();

        var done = await shop.End(run.Id);
        Assert.Equal(PipelineRunState.Succeeded, done.State);
        var whole = Assert.Single(await shop.RunsOf("e"));
        Assert.Equal((half.RunId, RunStatus.Finished), (whole.RunId, whole.Status));
        Assert.Equal(whole.RunId, Workshop.Value(done, "train", "model").Facts!["runId"]);
        Assert.Contains("train_r2", whole.Metrics.Keys);
    }
}
