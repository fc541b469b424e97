using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Tests.Runs;

public sealed class WriteRunsTests
{
    private static readonly Caller Job = Caller.ForJob("test", "default");
    private static readonly NewRun Fitted = new("fits", "first", "pipeline-run/train", new Dictionary<string, string> { ["team"] = "credit" });

    [Theory, EachDatabase]
    public async Task A_run_of_another_room_is_a_run_like_any_other(string database)
    {
        await using var room = await Room.Open(database);
        var runs = room.Server.Services.GetRequiredService<IRuns>();

        var run = (await runs.Start(Job, Fitted, CancellationToken.None)).Value;
        Assert.Null((await runs.Log(Job, run.RunId, Entries(0.5), CancellationToken.None)).Problem);
        Assert.Null((await runs.Put(Job, run.RunId, "model/model.onnx", new MemoryStream([1, 2]), CancellationToken.None)).Problem);
        Assert.Null((await runs.Finish(Job, run.RunId, CancellationToken.None)).Problem);

        var detail = await room.Native<RunDetail>($"runs/{run.RunId}");
        Assert.Equal(("fits", "first", RunStatus.Finished), (detail.ExperimentName, detail.Run.Name, detail.Run.Status));
        Assert.Equal(("credit", "logistic", 0.5), (detail.Run.Tags["team"], detail.Run.Params["model"], detail.Run.Metrics["auc"]));
        Assert.Equal("model/model.onnx", Assert.Single((await room.Server.Services.GetRequiredService<IRunRecords>().Find(Job, run.RunId, "model", CancellationToken.None)).Value.Files).Path);
    }

    [Theory, EachDatabase]
    public async Task The_same_origin_again_gives_the_same_run(string database)
    {
        await using var room = await Room.Open(database);
        var runs = room.Server.Services.GetRequiredService<IRuns>();
        var first = (await runs.Start(Job, Fitted, CancellationToken.None)).Value;
        await runs.Log(Job, first.RunId, Entries(0.5), CancellationToken.None);
        await runs.Finish(Job, first.RunId, CancellationToken.None);

        Assert.Equal(first, (await runs.Start(Job, Fitted, CancellationToken.None)).Value);
        Assert.Null((await runs.Log(Job, first.RunId, Entries(0.5), CancellationToken.None)).Problem);
        Assert.Null((await runs.Finish(Job, first.RunId, CancellationToken.None)).Problem);

        Assert.NotEqual(first.RunId, (await runs.Start(Job, Fitted with { Origin = "another" }, CancellationToken.None)).Value.RunId);
        Assert.Equal(2, (await room.Search(new { experiment_ids = new[] { first.ExperimentId } })).Length);
    }

    [Theory, EachDatabase]
    public async Task What_is_left_running_is_ended_by_its_origin_and_nothing_else_is(string database)
    {
        await using var room = await Room.Open(database);
        var runs = room.Server.Services.GetRequiredService<IRuns>();
        string[] origins = ["job/train", "job/train/again", "job", "job2/train", "job/finished"];
        var made = new Dictionary<string, string>();
        foreach (var origin in origins) { made[origin] = (await runs.Start(Job, Fitted with { Origin = origin, Experiment = $"of {origin}" }, CancellationToken.None)).Value.RunId; }

        await runs.Finish(Job, made["job/finished"], CancellationToken.None);

        Assert.Equal(0, (await runs.Abandon(Job with { Workspace = "other" }, "job", failed: true, CancellationToken.None)).Value);
        Assert.Equal(2, (await runs.Abandon(Job, "job/train", failed: true, CancellationToken.None)).Value);
        Assert.Equal(1, (await runs.Abandon(Job, "job", failed: false, CancellationToken.None)).Value);

        var states = new List<RunStatus>();
        foreach (var origin in origins) { states.Add((await room.Native<RunDetail>($"runs/{made[origin]}")).Run.Status); }

        Assert.Equal([RunStatus.Failed, RunStatus.Failed, RunStatus.Killed, RunStatus.Running, RunStatus.Finished], states);
    }

    [Fact]
    public async Task Who_may_only_read_writes_nothing()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var runs = room.Server.Services.GetRequiredService<IRuns>();
        var viewer = Job with { Grants = [new Grant("workspace/default", Level.Viewer)] };
        var run = (await runs.Start(Job, Fitted, CancellationToken.None)).Value;

        Assert.Equal(403, (await runs.Start(viewer, Fitted, CancellationToken.None)).Problem!.Status);
        Assert.Equal(403, (await runs.Log(viewer, run.RunId, Entries(1), CancellationToken.None)).Problem!.Status);
        Assert.Equal(403, (await runs.Put(viewer, run.RunId, "x", new MemoryStream(), CancellationToken.None)).Problem!.Status);
        Assert.Equal(403, (await runs.Finish(viewer, run.RunId, CancellationToken.None)).Problem!.Status);
        Assert.Equal(403, (await runs.Abandon(viewer, Fitted.Origin, failed: true, CancellationToken.None)).Problem!.Status);
        Assert.Equal(404, (await runs.Finish(Job with { Workspace = "other" }, run.RunId, CancellationToken.None)).Problem!.Status);
    }

    [Fact]
    public async Task A_deleted_experiment_takes_no_runs()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        await room.Done("experiments/delete", new { experiment_id = await room.CreateExperiment("fits") });

        var problem = (await room.Server.Services.GetRequiredService<IRuns>().Start(Job, Fitted, CancellationToken.None)).Problem!;

        Assert.Equal("experiment_deleted", problem.Code);
    }

    private static RunEntries Entries(double auc) => new(
        new Dictionary<string, string> { ["model"] = "logistic" }, new Dictionary<string, double> { ["auc"] = auc }, new Dictionary<string, string>());
}
