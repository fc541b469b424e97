using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Slipway.Bench.Tracking;

/// <summary>
/// The MLflow protocol as its clients load it: logging by wrk, then searches and histories over many runs, one call after another. The same program for
/// this server and for any other that speaks the protocol.
/// </summary>
internal static class TrackingBench
{
    /// <summary><c>tracking [RUNS] [DATABASE | URL]</c>: 100,000 runs on SQLite unless said otherwise.</summary>
    public static async Task Run(string[] args)
    {
        var arguments = TrackingArguments.Parse(args);
        var folder = Machine.Folder();
        try
        {
            await using var server = await MlflowServer.Start(arguments, folder.FullName);
            await Logging(server);
            await Registry(server);
            await Searches(server, await Seed(server, arguments.Number(0, 100_000)));
            await Histories(server);
            await Artifacts.Measure(server, 100);
            server.PrintMemory("after all of it");
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Logging(MlflowServer server)
    {
        var experiment = await server.CreateExperiment("logged");
        var run = (await server.CreateRun(experiment, "wrk")).Id;
        await server.Rate("log-metric, 8 connections", "20,000 req/s, p99 10 ms", 8, MlflowServer.Api + "runs/log-metric",
            $$"""i = i + 1 return '{"run_id":"{{run}}","key":"loss","value":' .. (i / 7) .. ',"timestamp":' .. (1700000000000 + i) .. ',"step":' .. i .. '}' """);
        await server.Rate("log-batch, 100 metrics of 10 keys, 8 connections", "6,000 req/s", 8, MlflowServer.Api + "runs/log-batch", Batches(run, 100, 10));
        await server.Rate("log-batch, 1,000 metrics of 10 keys, 8 connections", "1,000 req/s, p99 100 ms", 8, MlflowServer.Api + "runs/log-batch", Batches(run, 1_000, 10));
        await server.Rate("log-batch, 1,000 metrics of 1,000 keys, 8 connections", "", 8, MlflowServer.Api + "runs/log-batch", Batches(run, 1_000, 1_000));
        await server.Rate("runs/create, 16 connections", "5,000 req/s", 16, MlflowServer.Api + "runs/create",
            $$"""i = i + 1 return '{"experiment_id":"{{experiment}}","start_time":' .. (1700000000000 + i) .. ',"tags":[{"key":"mlflow.user","value":"ann"},{"key":"mlflow.source.name","value":"train.py"}]}' """);
        await server.Rate("runs/get, 8 connections", "15,000 req/s", 8, $"{MlflowServer.Api}runs/get?run_id={(await server.CreateRun(experiment, "small")).Id}", null);
    }

    /// <summary>Lua that fills a prepared body with the counter, so that values, times and steps move on as a training's do.</summary>
    private static string Batches(string run, int points, int keys) =>
        $$"""
        if not parts then
            parts = {}
            for p = 0, {{points}} - 1 do
                local place = string.format('%03d', p)
                for _, part in ipairs({'{"key":"metric_' .. (p % {{keys}}) .. '","value":0.', 0, place .. ',"timestamp":', 0, place .. ',"step":', 0, place .. '},'}) do parts[#parts + 1] = part end
            end
            parts[#parts] = string.sub(parts[#parts], 1, -2)
        end
        i = i + 1
        local now = tostring(i)
        for p = 2, #parts, 7 do parts[p], parts[p + 2], parts[p + 4] = now, now, now end
        return '{"run_id":"{{run}}","metrics":[' .. table.concat(parts) .. ']}'
        """;

    private static async Task Registry(MlflowServer server)
    {
        var (run, artifacts) = await server.CreateRun(await server.CreateExperiment("registered"), "made");
        var model = $"bench-{Guid.NewGuid():N}";
        await server.Post("registered-models/create", new { name = model });
        await server.Rate("model-versions/create, 8 connections", "3,000 req/s", 8, MlflowServer.Api + "model-versions/create",
            $$"""i = i + 1 return '{"name":"{{model}}","source":"{{artifacts}}/model","run_id":"{{run}}"}' """);
        await server.Rate("model-versions/search by run, 10 results, 8 connections", "5,000 req/s", 8, $"{MlflowServer.Api}model-versions/search?max_results=10&filter={Uri.EscapeDataString($"run_id = '{run}'")}", null);
    }

    /// <summary>Runs with 5 metrics, 5 parameters and 3 tags each.</summary>
    private static async Task<string> Seed(MlflowServer server, int runs)
    {
        var experiment = await server.CreateExperiment("searched");
        var clock = Stopwatch.StartNew();
        await Calls.AtOnce(runs, 32, async i =>
        {
            var random = new Random(i);
            await server.Post("runs/log-batch", new
            {
                run_id = (await server.CreateRun(experiment, $"run-{i}", i)).Id,
                metrics = Enumerable.Range(0, 5).Select(m => new { key = $"metric_{m}", value = random.NextDouble(), timestamp = 1_700_000_000_000 + i, step = 1 }),
                @params = Enumerable.Range(0, 5).Select(p => new { key = $"param_{p}", value = $"{random.Next(p == 4 ? 20_000 : 10)}" }),
                tags = new[] { new { key = "team", value = random.Next(2) == 0 ? "red" : "blue" }, new { key = "mlflow.user", value = "ann" } },
            });
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs:#,0} runs with 5 metrics, 5 parameters, 3 tags made in {clock.Elapsed.TotalSeconds:0.0} s"));
        return experiment;
    }

    private static async Task Searches(MlflowServer server, string experiment)
    {
        (string Name, string Filter, string[] Order)[] searches =
        [
            ("no filter", "", []), ("order by a metric", "", ["metrics.metric_0 DESC"]),
            ("metric and param filter, order by metric", "metrics.metric_1 > 0.5 AND params.param_1 = '3'", ["metrics.metric_0 DESC"]),
            ("rare param, order by metric", "params.param_4 = '77'", ["metrics.metric_0 DESC"]),
            ("three filters (0.5 % match), order by start", "params.param_0 = '1' AND params.param_1 = '3' AND tags.team = 'red'", ["start_time DESC"]),
            ("range of 0.1 %, order by another metric", "metrics.metric_2 > 0.999", ["metrics.metric_0 ASC"]),
            ("run_name LIKE, order by param", "run_name LIKE '%9'", ["params.param_2 ASC"]),
        ];
        foreach (var (name, filter, order) in searches)
        {
            var body = new { experiment_ids = new[] { experiment }, filter, order_by = order, max_results = 100 };
            await Calls.Latency($"runs/search, 100 results: {name}", "p95 30 ms", () => server.Post("runs/search", body));
        }

        await server.Rate("runs/search, no filter, 10 results, 8 connections", "500 req/s", 8, MlflowServer.Api + "runs/search", $$"""return '{"experiment_ids":["{{experiment}}"],"max_results":10}' """);
    }

    private static async Task Histories(MlflowServer server)
    {
        var run = (await server.CreateRun(await server.CreateExperiment("long"), "long")).Id;
        for (var batch = 0; batch < 100; batch++)
        {
            await server.Post("runs/log-batch", new
            {
                run_id = run,
                metrics = Enumerable.Range(batch * 1_000, 1_000).Select(step => new { key = "loss", value = Math.Exp(-step / 1e4), timestamp = 1_700_000_000_000 + step, step }),
            });
        }

        var history = $"{MlflowServer.Api}metrics/get-history?run_id={run}&metric_key=loss&max_results=25000";
        await Calls.Latency("metric history, 25,000 points of 100,000", "25 ms", () => server.Http.GetByteArrayAsync(history), calls: 20);
        await Calls.Latency("metric history, 100,000 points, all pages", "100 ms", async () =>
        {
            for (string? token = ""; token is not null;)
            {
                token = NextPage(await server.Http.GetByteArrayAsync(token.Length == 0 ? history : $"{history}&page_token={Uri.EscapeDataString(token)}"));
            }
        }, calls: 10);
        if (server.IsOurs) { await Calls.Latency("series for a chart, 2,000 points of 100,000", "10 ms", () => server.Http.GetByteArrayAsync($"/api/v1/w/default/runs/{run}/series?key=loss")); }
    }

    /// <summary>The token at the end of a page, without reading the page: what a client makes of it is its own time.</summary>
    private static string? NextPage(byte[] page)
    {
        var end = Encoding.UTF8.GetString(page.AsSpan(Math.Max(0, page.Length - 300)));
        var at = end.LastIndexOf("\"next_page_token\"", StringComparison.Ordinal);
        return at < 0 ? null : end[at..].Split('"')[3];
    }
}
