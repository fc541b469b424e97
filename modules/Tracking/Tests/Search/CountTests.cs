using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Search;
using Slipway.Tracking.Tests.Runs;

namespace Slipway.Tracking.Tests.Search;

/// <summary>How many there are, and no more of each run than was asked for.</summary>
public sealed class CountTests
{
    [Theory, EachDatabase]
    public async Task A_count_goes_no_further_than_its_bound(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = long.Parse(await room.CreateExperiment("many"), null);
        await BulkRuns.Add(room.Server.Db, experiment, 2_500);
        var keys = room.Server.Services.GetRequiredService<MetricKeys>();

        foreach (var (filter, most, counted) in (IEnumerable<(string, int, long)>)
            [("", 100, 100), ("", Limits.CountedRuns, 2_500), ("params.rare = 'yes'", 10, 10), ("params.rare = 'yes'", 100, 25), ("params.rare = 'yes' OR run_name IN ('r1', 'r100')", 100, 26), ("metrics.acc >= 0.9", 1_000, 250), ("tags.x = 'y'", 10, 0)])
        {
            var search = new RunSearch("default", [experiment], FilterParser.Parse(filter, Fields.Runs).Value, [], LifecycleView.Active, 1);
            Assert.Equal(counted, await room.Server.Db.Read(tx => new RunPlan(tx, keys, search).Count(most), CancellationToken.None));
        }

        var page = await room.Native<RunPage>($"runs?experiment={experiment}&limit=1&count=true");
        var count = await room.Native<RunCount>($"experiments/{experiment}/count?filter={Uri.EscapeDataString("metrics.acc >= 0.9")}");

        Assert.Equal((new RunCount(2_500, false), new RunCount(250, false)), (page.Count, count));
        Assert.Equal(new RunCount(0, false), await room.Native<RunCount>("experiments/987654/count"));
        foreach (var wrong in (string[])["abc/count", $"{experiment}/count?filter=nonsense", $"{experiment}/count?view=nope"])
        {
            Assert.Equal(400, (await room.Get("/api/v1/w/default/experiments/" + wrong)).Status);
        }
    }

    [Theory, EachDatabase]
    public async Task A_search_carries_no_more_than_the_fields_that_were_asked_for(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        await room.Done("runs/log-batch", new
        {
            run_id = run, metrics = new[] { new { key = "loss", value = 1, timestamp = 1 }, new { key = "a b", value = 2, timestamp = 1 } },
            @params = new[] { new { key = "lr", value = "1" }, new { key = "depth", value = "2" } }, tags = new[] { new { key = "team", value = "red" } },
        });

        foreach (var (fields, found) in (IEnumerable<(string[], string)>)
            [(["info"], ""), (["metrics.loss"], "loss"), (["metrics.`a b`", "params.*"], "a b depth lr"), (["metrics.*", "metrics.loss", "tags.team"], "a b loss team"), (["params.nobody"], "")])
        {
            var body = await room.Done("runs/search", new { experiment_ids = new[] { "0" }, fields, count = true });
            var data = body["runs"]![0]!["data"]!;
            var keys = ((string[])["metrics", "params", "tags"]).SelectMany(kind => (data[kind] as JsonArray ?? []).Select(pair => (string)pair!["key"]!).Order(StringComparer.Ordinal));

            Assert.Equal((found, 1), (string.Join(' ', keys), (int)body["total_count"]!));
        }

        var whole = await room.Done("runs/search", new { experiment_ids = new[] { "0" } });
        var shown = await room.Runs("experiment=0&fields=metrics.loss,tags.team");

        Assert.False(whole.AsObject().ContainsKey("total_count"));
        Assert.Equal(2, whole["runs"]![0]!["data"]!["metrics"]!.AsArray().Count);
        Assert.Equal(("loss", "", "team"), (string.Join(' ', shown.Columns.Metrics), string.Join(' ', shown.Columns.Params), string.Join(' ', shown.Columns.Tags)));
        foreach (var wrong in (string[])["loss", "nope.x", "metrics.a metrics.b", "attributes.run_id"])
        {
            Assert.Equal(400, (await room.Post("runs/search", new { experiment_ids = new[] { "0" }, fields = new[] { wrong } })).Status);
        }
    }
}
