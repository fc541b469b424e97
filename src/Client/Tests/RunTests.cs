using Slipway.Tracking.Contracts;

namespace Slipway.Client.Tests;

public sealed class RunTests
{
    [Theory, EachDatabase]
    public async Task A_run_keeps_all_that_was_logged_and_ends_as_its_work_did(string database)
    {
        await using var server = await TestServer.Start(database);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress));
        var (runId, childId) = ("", "");

        await client.Runs.RunAsync("churn", async run =>
        {
            runId = run.RunId;
            await run.LogParamsAsync([new("rate", 0.1), new("depth", 7), .. Enumerable.Range(0, 150).Select(i => KeyValuePair.Create($"p{i}", (object)i))]);
            await run.LogParamAsync("rate", 0.1);
            await run.SetTagAsync("team", "north");
            for (var step = 0; step < 2_500; step++) { await run.LogMetricAsync("loss", 1.0 / (step + 1), step); }

            await run.LogMetricsAsync([new("odd", double.NaN), new("huge", double.PositiveInfinity)], 1);
            await run.RunAsync("part", child =>
            {
                childId = child.RunId;
                return Task.CompletedTask;
            });
        }, new NewRun { Name = "first", Tags = new Dictionary<string, string> { ["kind"] = "trial" } });

        var detail = await client.Runs.GetAsync(runId);
        Assert.Equal(("churn", "first", RunStatus.Finished), (detail.ExperimentName, detail.Run.Name, detail.Run.Status));
        Assert.Equal(("0.1", "149", "north", "trial"), (detail.Run.Params["rate"], detail.Run.Params["p149"], detail.Run.Tags["team"], detail.Run.Tags["kind"]));
        Assert.Equal((1.0 / 2_500, null, double.MaxValue), (detail.Run.Metrics["loss"], detail.Run.Metrics["odd"], detail.Run.Metrics["huge"]));
        var history = await client.Runs.HistoryAsync(runId, "loss").ToListAsync();
        Assert.Equal(Enumerable.Range(0, 2_500), history.OrderBy(point => point.Step).Select(point => (int)point.Step));
        Assert.True(double.IsNaN((await client.Runs.HistoryAsync(runId, "odd").ToListAsync()).Single().Value));
        Assert.Equal(runId, (await client.Runs.GetAsync(childId)).Run.Tags["mlflow.parentRunId"]);

        var refused = await Assert.ThrowsAsync<SlipwayException>(async () =>
        {
            await using var again = await client.Runs.ResumeAsync(runId);
            await again.LogParamAsync("rate", 0.2);
        });
        Assert.Equal(400, refused.Status);
        Assert.Equal([runId], await client.Runs.SearchAsync(filter: "params.depth = '7'").Select(run => run.RunId).ToListAsync());
        await client.Runs.DeleteAsync(childId);
        Assert.Equal([childId], await client.Runs.SearchAsync(view: LifecycleView.Deleted).Select(run => run.RunId).ToListAsync());
        await client.Runs.RestoreAsync(childId);
    }

    [Fact]
    public async Task An_exception_makes_a_run_failed_and_a_stop_makes_it_killed_and_both_go_on_to_the_caller()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Runs.RunAsync("e", async run =>
        {
            await run.LogMetricAsync("kept", 1);
            throw new InvalidOperationException("broken");
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Runs.RunAsync("e", async _ =>
        {
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        }, ct: stop.Token));
        await using (var run = await client.Runs.StartAsync("e")) { await run.FinishAsync(RunStatus.Killed); }

        var ends = await client.Runs.SearchAsync(sort: "attributes.start_time ASC").ToListAsync();
        Assert.Equal([RunStatus.Failed, RunStatus.Killed, RunStatus.Killed], ends.Select(run => run.Status).Order());
        Assert.Equal(1, ends.Single(run => run.Status == RunStatus.Failed).Metrics["kept"]);
    }

    /// <summary>A real server behind a bad network: everything that was logged is there, once, in its order.</summary>
    [Theory, EachDatabase]
    public async Task Behind_a_bad_network_each_thing_is_made_once_and_each_point_arrives_once(string database)
    {
        await using var server = await TestServer.Start(database);
        for (var seed = 0; seed < 3; seed++)
        {
            var chance = new Random(seed);
            using var direct = Clients.Direct();
            using var network = new FaultyNetwork(direct, _ => (Trouble)chance.Next(8) is var trouble && trouble <= Trouble.Slow ? trouble : Trouble.None);
            using var client = new SlipwayClient(Clients.Quick(server.BaseAddress, network) with { Retries = 30, BatchPoints = 40, BufferedPoints = 100 });

            await client.Runs.RunAsync($"bad {seed}", async run =>
            {
                for (var step = 0; step < 1_000; step++) { await run.LogMetricAsync("loss", step, step); }
            });

            using var well = new SlipwayClient(Clients.Quick(server.BaseAddress));
            var experiment = await well.Experiments.FindAsync($"bad {seed}");
            var made = Assert.Single(await well.Runs.SearchAsync([experiment!.ExperimentId]).ToListAsync());
            Assert.Equal(RunStatus.Finished, made.Status);
            var points = await well.Runs.HistoryAsync(made.RunId, "loss").ToListAsync();
            Assert.Equal(Enumerable.Range(0, 1_000), points.OrderBy(point => point.Step).Select(point => (int)point.Step));
        }
    }

    [Fact]
    public async Task Points_that_never_arrive_are_told_at_the_end_of_the_run()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var down = false;
        using var direct = Clients.Direct();
        using var network = new FaultyNetwork(direct, _ => down ? Trouble.LostRequest : Trouble.None);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress, network) with { Retries = 1 });

        var told = await Assert.ThrowsAsync<MetricsNotSentException>(() => client.Runs.RunAsync("e", async run =>
        {
            await run.LogMetricAsync("loss", 1);
            await run.FlushAsync();
            down = true;
            await run.LogMetricAsync("loss", 2, 1);
        }));

        Assert.Equal(2, Assert.Single(told.Unsent).Value);
    }
}
