using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Tests.Metrics;

public sealed class LogMetricsTests
{
    [Theory, EachDatabase]
    public async Task A_history_is_the_same_before_and_after_folding(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        var random = new Random(7);
        var expected = new SortedSet<(long, long, double)>();
        for (var batch = 0; batch < 12; batch++)
        {
            var points = Enumerable.Range(0, 1_000).Select(_ => (Time: (long)random.Next(20_000), Step: (long)random.Next(3), Value: random.Next(5) / 4.0)).ToList();
            expected.UnionWith(points);
            await room.Done("runs/log-batch", new { run_id = run, metrics = points.Select(point => new { key = "m", value = point.Value, timestamp = point.Time, step = point.Step }) });
        }

        var before = await room.History(run, "m");
        await Fold(room, run);
        var after = await room.History(run, "m");
        await room.Log(run, "m", expected.First().Item3, expected.First().Item2, expected.First().Item1);
        await room.Log(run, "m", -1, 0, 10);
        await Fold(room, run);

        Assert.Equal(expected, before);
        Assert.Equal(expected, after);
        expected.Add((10, 0, -1));
        Assert.Equal(expected, await room.History(run, "m"));
        Assert.False(await room.Server.Db.Read(tx => tx.Exists($"SELECT 1 FROM tracking_metric_tails LIMIT 1"), CancellationToken.None));
        var blocks = await room.Server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*), SUM(point_count) FROM tracking_metric_blocks", row => (row.GetInt64(0), Convert.ToInt64(row.GetValue(1), null))), CancellationToken.None);
        Assert.Equal(expected.Count, blocks.Item2);
        Assert.InRange(blocks.Item1, (expected.Count + RunFold.BlockPoints - 1) / RunFold.BlockPoints, 6);
    }

    [Theory, EachDatabase]
    public async Task Steps_logged_again_count_once_and_leave_old_blocks_alone(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        var expected = new List<(long, long, double)>();
        for (var batch = 0; batch < 12; batch++) { expected.AddRange(await LogThousands(room, run, batch * 2_000)); }

        await Fold(room, run);
        var before = await Blocks(room);
        for (var again = 0; again < 5; again++)
        {
            await LogThousands(room, run, 0);
            await Fold(room, run);
        }

        Assert.Equal(expected, await room.History(run, "m"));
        Assert.True((await Blocks(room)).IsSupersetOf(before.Order().SkipLast(4)), "blocks of long ago were written again");
    }

    [Theory, EachDatabase]
    public async Task A_finished_run_is_folded_without_being_asked(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        await room.Log(run, "a", 1);
        await room.Log(run, "b", 2);

        await room.Done("runs/update", new { run_id = run, status = "FINISHED", end_time = 9 });

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await room.Server.Db.Read(tx => tx.Exists($"SELECT 1 FROM tracking_metric_tails LIMIT 1"), limit.Token)) { await Task.Delay(50, limit.Token); }

        Assert.Equal([(0L, 0L, 1.0)], await room.History(run, "a"));
        Assert.Equal([(0L, 0L, 2.0)], await room.History(run, "b"));
    }

    [Fact]
    public async Task An_integer_beyond_64_bits_is_a_400_that_names_it_and_nothing_is_logged()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var run = await room.CreateRun();

        var one = await room.Post("runs/log-metric", $$"""{"run_id":"{{run}}","key":"m","value":1,"timestamp":1,"step":9223372036854775808}""");
        var batch = await room.Post("runs/log-batch", $$"""{"run_id":"{{run}}","metrics":[{"key":"m","value":1,"timestamp":1},{"key":"m","value":1,"timestamp":"9223372036854775808"}]}""");
        var end = await room.Post("runs/update", $$"""{"run_id":"{{run}}","end_time":9223372036854775808}""");
        await room.Done("runs/log-metric", $$"""{"run_id":"{{run}}","key":"m","value":1,"timestamp":"2","step":"9223372036854775807"}""");

        Assert.Equal(400, one.Status);
        Assert.Contains("INVALID_PARAMETER_VALUE", one.Body, StringComparison.Ordinal);
        Assert.Contains("Invalid value 9223372036854775808 for parameter 'step'", one.Body, StringComparison.Ordinal);
        Assert.Equal((400, true), (batch.Status, batch.Body.Contains("for parameter 'metrics[1].timestamp'", StringComparison.Ordinal)));
        Assert.Equal((400, true), (end.Status, end.Body.Contains("for parameter 'end_time'", StringComparison.Ordinal)));
        Assert.Equal([(2L, long.MaxValue, 1.0)], await room.History(run, "m"));
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_a_400_that_says_so_and_an_empty_one_is_not()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);

        foreach (var verb in (string[])["runs/search", "experiments/search", "runs/create"])
        {
            var (status, body) = await room.Post(verb, "experiment_ids=0");
            Assert.Equal((verb, 400), (verb, status));
            Assert.Contains("The request body is not JSON", body, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await room.Post("runs/search", "")).Status);
        Assert.Contains("half a character", (await room.Post("experiments/create", "{\"name\":\"a\\ud800b\"}")).Body, StringComparison.Ordinal);
        Assert.Contains("half a character", (await room.Post("runs/log-metric", "{\"run_id\":\"x\",\"key\":\"\\ud800\",\"value\":1,\"timestamp\":1}")).Body, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Writers_to_one_run_lose_nothing(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 25; i++) { await room.Log(run, $"k{i % 3}", (writer * 100) + i, i, writer); }
        }));

        var points = (await Task.WhenAll(Enumerable.Range(0, 3).Select(key => room.History(run, $"k{key}")))).Sum(history => history.Count);
        Assert.Equal(200, points);
        var latest = (await room.Native<RunDetail>($"runs/{run}")).Latest.Single(metric => metric.Key == "k0");
        Assert.Equal((24L, 7L, 724.0), (latest.Step, latest.TimeMs, latest.Value!.Value));
    }

    [Theory, EachDatabase]
    public async Task A_batch_with_a_refused_parameter_leaves_nothing_behind(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        await room.Done("runs/log-parameter", new { run_id = run, key = "lr", value = "1" });

        var (status, body) = await room.Post("runs/log-batch", new
        {
            run_id = run,
            metrics = new[] { new { key = "m", value = 1, timestamp = 1 } },
            @params = new[] { new { key = "new", value = "1" }, new { key = "lr", value = "2" } },
            tags = new[] { new { key = "t", value = "1" } },
        });

        Assert.Equal(400, status);
        Assert.Contains("'old_value': '1', 'new_value': '2'", body, StringComparison.Ordinal);
        var found = (await room.Native<RunDetail>($"runs/{run}")).Run;
        Assert.Empty(found.Metrics);
        Assert.Equal(["lr"], found.Params.Keys);
        Assert.Equal(["mlflow.runName"], found.Tags.Keys);
    }

    // What clients send beside the plain form, and what is stored or said.
    [Theory]
    [InlineData("""{"run_id":"R","key":"m","value":NaN,"timestamp":1}""", 200, "NaN")]
    [InlineData("""{"run_id":"R","key":"m","value":-Infinity,"timestamp":1}""", 200, "-1.7976931348623157E+308")]
    [InlineData("""{"run_id":"R","key":"m","value":"2.5","timestamp":"1"}""", 200, "2.5")]
    [InlineData("""{"run_uuid":"R","key":"m","value":true,"timestamp":1}""", 200, "1")]
    [InlineData("""{"run_id":"R","key":"m","value":1e2,"timestamp":1,"step":3,"unknown":{"a":[1]}}""", 200, "100")]
    [InlineData("""{"run_id":"R","key":"m","value":null,"timestamp":1}""", 400, "Missing value for required parameter 'value'")]
    [InlineData("""{"run_id":"R","key":"m","value":[1],"timestamp":1}""", 400, "Invalid value [1] for parameter 'value' supplied:  Hint: Value was of type 'list'")]
    [InlineData("""{"run_id":"R","key":"m","value":1,"timestamp":1.5}""", 400, "Invalid value 1.5 for parameter 'timestamp'")]
    [InlineData("""{"run_id":"R","key":"a#b","value":1,"timestamp":1}""", 400, "Names may only contain")]
    [InlineData("""{"run_id":"R","key":"m","value":1,"timestamp":1""", 400, "Missing value for required parameter 'run_id'")]
    [InlineData("""[1]""", 400, "The request body is list; it must be a JSON object")]
    [InlineData("", 400, "Missing value for required parameter 'run_id'")]
    public async Task Odd_metrics_are_stored_or_named(string json, int status, string outcome)
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var run = await room.CreateRun();

        var answer = await room.Post("runs/log-metric", json.Replace("\"R\"", $"\"{run}\"", StringComparison.Ordinal));

        Assert.Equal(status, answer.Status);
        if (status != 200)
        {
            Assert.Contains(outcome, (string)JsonNode.Parse(answer.Body)!["message"]!, StringComparison.Ordinal);
            return;
        }

        var stored = (await room.Native<RunDetail>($"runs/{run}")).Latest.Single().Value;
        Assert.Equal(outcome, stored?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "NaN");
    }

    [Theory, EachDatabase]
    public async Task A_long_series_comes_down_sampled_with_its_spike_and_whole_in_pages(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        for (var batch = 0; batch < 5; batch++)
        {
            var metrics = Enumerable.Range(batch * 1_000, 1_000).Select(step => new { key = "loss", value = step == 2_345 ? 99 : 1.0 / (step + 1), timestamp = step, step });
            await room.Done("runs/log-batch", new { run_id = run, metrics });
        }

        var series = await room.Native<SeriesView>($"runs/{run}/series?key=loss&points=100");
        var zoomed = await room.Native<SeriesView>($"runs/{run}/series?key=loss&from=2340&to=2349");
        var (paged, token) = (0, "");
        do
        {
            var page = JsonNode.Parse((await room.Get($"metrics/get-history?run_id={run}&metric_key=loss&max_results=2000&page_token={Uri.EscapeDataString(token)}")).Body)!;
            paged += page["metrics"]!.AsArray().Count;
            token = (string?)page["next_page_token"] ?? "";
        }
        while (token.Length > 0);

        Assert.True(series.DownSampled);
        Assert.Equal(5_000, series.Total);
        Assert.InRange(series.Points.Count, 50, 100);
        Assert.Contains(series.Points, point => point is { Step: 2_345, Value: 99 });
        Assert.Equal(10, zoomed.Points.Count);
        Assert.False(zoomed.DownSampled);
        Assert.Equal(5_000, paged);
    }

    /// <summary>2,000 points from this step on.</summary>
    private static async Task<IEnumerable<(long TimeMs, long Step, double Value)>> LogThousands(Room room, string run, int first)
    {
        var steps = Enumerable.Range(first, 2_000).ToList();
        foreach (var part in steps.Chunk(1_000))
        {
            await room.Done("runs/log-batch", new { run_id = run, metrics = part.Select(step => new { key = "m", value = step / 2.0, timestamp = (long)step, step }) });
        }

        return steps.Select(step => ((long)step, (long)step, step / 2.0));
    }

    private static async Task<HashSet<long>> Blocks(Room room) =>
        [.. await room.Server.Db.Read(tx => tx.Query($"SELECT block_id FROM tracking_metric_blocks", row => row.GetInt64(0)), CancellationToken.None)];

    private static async Task Fold(Room room, string run)
    {
        var key = await room.Server.Db.Read(tx => tx.QueryOne($"SELECT run_key FROM tracking_runs WHERE run_id = {run}", row => row.GetInt64(0)), CancellationToken.None);
        await room.Server.Services.GetRequiredService<MetricFold>().Fold(key, CancellationToken.None);
    }
}
