using System.Net;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Tests;

public sealed class RunLifeTests
{
    private const string Diamond = """
        pipeline: diamond
        description: two ways to one end
        steps:
          top:    { uses: scripted, with: { give: a, files: [data.txt], say: [hello, world] } }
          left:   { uses: scripted, in: { x: top.out }, with: { give: b } }
          right:  { uses: scripted, in: { x: top.out }, with: { give: c } }
          bottom: { uses: scripted, in: { l: left.out, r: right.out }, with: { give: d } }
        """;

    [Theory, EachDatabase]
    public async Task Steps_run_in_their_order_and_what_they_gave_can_be_read(string database)
    {
        await using var yard = await Yard.Open(database);
        var file = await yard.Upload("some data");

        var started = await yard.Start(Diamond, new Dictionary<string, string> { ["data.txt"] = file });
        var run = await yard.End(started.Id);

        Assert.Equal((PipelineRunState.Succeeded, "diamond", "local-owner"), (run.State, run.Pipeline, run.By));
        Assert.Equal(["top", "left", "right", "bottom"], run.Steps.Select(step => step.Name));
        Assert.All(run.Steps, step => Assert.Equal((StepState.Succeeded, 1, false), (step.State, step.Attempts, step.Reuse!.Reused)));
        Assert.Equal(["left", "right"], run.Steps[3].Needs);
        Assert.Equal(run.Steps[1].Outputs["out"].Digest, run.Steps[3].Inputs["l"].Digest);
        Assert.Equal("d", run.Steps[3].Summary["gave"]);
        Assert.Equal("a", await yard.Text(run.Steps[0].Outputs["out"].Digest));
        Assert.Equal(["hello", "world"], await yard.Log(run.Id, "top"));
        Assert.Equal(file, run.Files["data.txt"]);
        Assert.Equal("top", yard.Scripted.Ran.First());
        Assert.Equal("bottom", yard.Scripted.Ran.Last());

        var listed = Assert.Single((await yard.Get<Page<PipelineRunSummary>>("pipeline-runs?pipeline=diamond")).Items);
        Assert.Equal((run.Id, 4), (listed.Id, listed.StepStates[StepState.Succeeded]));
        Assert.Empty((await yard.Get<Page<PipelineRunSummary>>("pipeline-runs?pipeline=other")).Items);
        var pipeline = Assert.Single((await yard.Get<Page<PipelineView>>("pipelines")).Items);
        Assert.Equal(("diamond", 1, run.Id), (pipeline.Name, pipeline.Runs, pipeline.Latest.Id));
        var detail = await yard.Get<PipelineDetail>("pipelines/diamond");
        Assert.Equal(Diamond, detail.Definition);
        Assert.Equal("top.out", detail.Graph!.Steps[1].Inputs["x"]);
    }

    [Theory, EachDatabase]
    public async Task Steps_that_wait_for_nothing_run_side_by_side_up_to_the_bound(string database)
    {
        await using var yard = await Yard.Open(database, new Dictionary<string, string?> { ["pipelines:parallelsteps"] = "2" });
        var run = await yard.Start(
            """
            pipeline: wide
            steps:
              a: { uses: scripted, with: { hold: true } }
              b: { uses: scripted, with: { hold: true } }
              c: { uses: scripted, with: { hold: true } }
            """);

        await yard.Until(run.Id, _ => yard.Scripted.Now == 2);
        foreach (var step in (string[])["a", "b", "c"]) { yard.Scripted.LetGo(step); }

        Assert.Equal(PipelineRunState.Succeeded, (await yard.End(run.Id)).State);
        Assert.Equal(2, yard.Scripted.MostAtOnce);
    }

    [Theory, EachDatabase]
    public async Task A_failing_step_fails_the_run_and_skips_only_what_needs_it(string database)
    {
        await using var yard = await Yard.Open(database);

        var run = await yard.Run(
            """
            pipeline: broken
            steps:
              bad:   { uses: scripted, with: { fail: 1 } }
              after: { uses: scripted, in: { x: bad.out } }
              later: { uses: scripted, needs: [after] }
              other: { uses: scripted, with: { give: o } }
              throws: { uses: scripted, with: { throw: true } }
            """);

        Assert.Equal(PipelineRunState.Failed, run.State);
        Assert.Equal([StepState.Failed, StepState.Skipped, StepState.Skipped, StepState.Succeeded, StepState.Failed], run.Steps.Select(step => step.State));
        Assert.Equal(new StepProblemView("scripted", "attempt 1 fails as told"), run.Steps[0].Problem);
        Assert.Equal("internal", run.Steps[4].Problem!.Code);
        Assert.DoesNotContain("secret detail", run.Steps[4].Problem!.Detail, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_step_is_tried_again_as_often_as_it_may(string database)
    {
        await using var yard = await Yard.Open(database);

        var run = await yard.Run(
            """
            pipeline: retry
            steps:
              second: { uses: scripted, retries: 2, with: { fail: 1 } }
              never:  { uses: scripted, retries: 1, with: { fail: 5 } }
            """);

        Assert.Equal((StepState.Succeeded, 2, null), (run.Steps[0].State, run.Steps[0].Attempts, run.Steps[0].Problem));
        Assert.Equal((StepState.Failed, 2, "attempt 2 fails as told"), (run.Steps[1].State, run.Steps[1].Attempts, run.Steps[1].Problem!.Detail));
        Assert.Equal(["Attempt 1 failed: attempt 1 fails as told", "The next attempt begins in 1 s; 2 left."], await yard.Log(run.Id, "second"));
    }

    [Theory, EachDatabase]
    public async Task A_step_past_its_time_is_ended_and_fails(string database)
    {
        await using var yard = await Yard.Open(database);

        var run = await yard.Run("{ pipeline: slow, steps: { a: { uses: scripted, timeoutSeconds: 1, with: { hold: true } } } }");

        Assert.Equal(new StepProblemView("timed_out", "The step took longer than its time-out of 1 s."), run.Steps[0].Problem);
    }

    [Theory, EachDatabase]
    public async Task A_cancelled_run_stops_what_runs_and_begins_nothing_more(string database)
    {
        await using var yard = await Yard.Open(database);
        var run = await yard.Start(
            """
            pipeline: long
            steps:
              a: { uses: scripted, with: { hold: true } }
              b: { uses: scripted, in: { x: a.out } }
            """);
        await yard.Until(run.Id, now => now.Steps[0].State == StepState.Running);

        Assert.Equal(HttpStatusCode.OK, (await yard.Post($"pipeline-runs/{run.Id}/cancel", null)).StatusCode);

        var ended = await yard.End(run.Id);
        Assert.Equal(PipelineRunState.Cancelled, ended.State);
        Assert.All(ended.Steps, step => Assert.Equal(StepState.Cancelled, step.State));
        Assert.Equal(HttpStatusCode.OK, (await yard.Post($"pipeline-runs/{run.Id}/cancel", null)).StatusCode);
        var done = await yard.Run("{ pipeline: done, steps: { a: { uses: scripted } } }");
        Assert.Equal("run_ended", (await yard.Refused(409, $"pipeline-runs/{done.Id}/cancel", null)).Code);
        Assert.Equal("not_found", (await yard.Refused(404, "pipeline-runs/0123456789abcdef0123456789abcdef/cancel", null)).Code);
    }

    [Theory, EachDatabase]
    public async Task Runs_are_listed_newest_first_page_by_page(string database)
    {
        await using var yard = await Yard.Open(database);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) { ids.Add((await yard.Run($"{{ pipeline: p{i % 2}, steps: {{ a: {{ uses: scripted, with: {{ give: x{i} }} }} }} }}")).Id); }

        var first = await yard.Get<Page<PipelineRunSummary>>("pipeline-runs?limit=2");
        var second = await yard.Get<Page<PipelineRunSummary>>($"pipeline-runs?limit=2&cursor={first.Next}");

        Assert.Equal([ids[2], ids[1], ids[0]], first.Items.Concat(second.Items).Select(run => run.Id));
        Assert.Null(second.Next);
        var names = await yard.Get<Page<PipelineView>>("pipelines?limit=1");
        Assert.Equal(("p0", 2), (names.Items[0].Name, names.Items[0].Runs));
        Assert.Equal("p1", Assert.Single((await yard.Get<Page<PipelineView>>($"pipelines?cursor={names.Next}")).Items).Name);
    }
}
