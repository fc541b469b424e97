using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Slipway.Testing;

namespace Slipway.Bench;

/// <summary>The MLflow protocol as its clients load it: logging by wrk, then searches and histories over many runs, one call after another.</summary>
internal static class TrackingBench
{
    private const string Mlflow = "/api/2.0/mlflow/";
    private const int Rounds = 3;
    private const int Calls = 60;

    /// <summary><c>tracking [RUNS] [DATABASE]</c>: 100,000 runs on SQLite unless said otherwise.</summary>
    public static async Task Run(string[] args)
    {
        var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Machine.Folder();
        try
        {
            await using var server = await ServerProcess.Start(Path.Combine(folder.FullName, "data"), args.Length > 1 ? ["--database", args[1]] : []);
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = server.BaseAddress, Timeout = TimeSpan.FromMinutes(1) };
            await Logging(server, http, folder.FullName);
            await Searches(http, await Seed(http, runs));
            await Histories(http);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident memory after all of it: {server.ResidentBytes() / 1e6:#,0} MB"));
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Logging(ServerProcess server, HttpClient http, string folder)
    {
        var run = await CreateRun(http, "0", "wrk");
        var script = new Load(server.BaseAddress, folder);
        await script.Measure("log-metric, 8 connections", "20,000 req/s", 8, Mlflow + "runs/log-metric",
            $$"""i = i + 1 return '{"run_id":"{{run}}","key":"loss","value":' .. (i / 7) .. ',"timestamp":' .. (1700000000000 + i) .. ',"step":' .. i .. '}' """);
        await script.Measure("log-batch, 100 metrics of 10 keys, 8 connections", "6,000 req/s", 8, Mlflow + "runs/log-batch", Batches(run, 100, 10));
        await script.Measure("log-batch, 1,000 metrics of 10 keys, 8 connections", "1,000 req/s", 8, Mlflow + "runs/log-batch", Batches(run, 1_000, 10));
        await script.Measure("log-batch, 1,000 metrics of 1,000 keys, 8 connections", "", 8, Mlflow + "runs/log-batch", Batches(run, 1_000, 1_000));
        await script.Measure("runs/create, 16 connections", "5,000 req/s", 16, Mlflow + "runs/create",
            """i = i + 1 return '{"experiment_id":"0","start_time":' .. (1700000000000 + i) .. ',"tags":[{"key":"mlflow.user","value":"ann"},{"key":"mlflow.source.name","value":"train.py"}]}' """);
        await script.Measure("runs/get, 8 connections", "15,000 req/s", 8, $"{Mlflow}runs/get?run_id={await CreateRun(http, "0", "small")}", null);
    }

    /// <summary>Lua that answers 32 prepared bodies in turn.</summary>
    private static string Batches(string run, int points, int keys) =>
        $$"""
        if not bodies then
            bodies = {}
            for b = 0, 31 do
                local t = {}
                for p = 0, {{points}} - 1 do
                    local step = b * {{points}} + p
                    t[#t + 1] = '{"key":"metric_' .. (p % {{keys}}) .. '","value":' .. (step / 7) .. ',"timestamp":' .. (1700000000000 + step) .. ',"step":' .. step .. '}'
                end
                bodies[b] = '{"run_id":"{{run}}","metrics":[' .. table.concat(t, ',') .. ']}'
            end
        end
        i = i + 1 return bodies[i % 32]
        """;

    /// <summary>Runs with 5 metrics, 5 parameters and 3 tags each.</summary>
    private static async Task<string> Seed(HttpClient http, int runs)
    {
        var experiment = (await Post(http, "experiments/create", new { name = "searched" })).GetProperty("experiment_id").GetString()!;
        var (clock, next) = (Stopwatch.StartNew(), -1);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < runs; i = Interlocked.Increment(ref next))
            {
                var random = new Random(i);
                var run = await CreateRun(http, experiment, $"run-{i}", i);
                await Post(http, "runs/log-batch", new
                {
                    run_id = run,
                    metrics = Enumerable.Range(0, 5).Select(m => new { key = $"metric_{m}", value = random.NextDouble(), timestamp = 1_700_000_000_000 + i, step = 1 }),
                    @params = Enumerable.Range(0, 5).Select(p => new { key = $"param_{p}", value = $"{random.Next(p == 4 ? 20_000 : 10)}" }),
                    tags = new[] { new { key = "team", value = random.Next(2) == 0 ? "red" : "blue" }, new { key = "mlflow.user", value = "ann" } },
                });
            }
        }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs:#,0} runs with 5 metrics, 5 parameters, 3 tags made in {clock.Elapsed.TotalSeconds:0.0} s"));
        return experiment;
    }

    private static async Task Searches(HttpClient http, string experiment)
    {
        (string Name, string Filter, string[] Order)[] searches =
        [
            ("no filter", "", []), ("order by a metric", "", ["metrics.metric_0 DESC"]),
            ("metric and param filter, order by metric", "metrics.metric_1 > 0.5 AND params.param_1 = '3'", ["metrics.metric_0 DESC"]),
            ("rare param (5 runs), order by metric", "params.param_4 = '77'", ["metrics.metric_0 DESC"]),
            ("three filters (0.5 % match), order by start", "params.param_0 = '1' AND params.param_1 = '3' AND tags.team = 'red'", ["start_time DESC"]),
            ("range of 0.1 %, order by another metric", "metrics.metric_2 > 0.999", ["metrics.metric_0 ASC"]),
            ("run_name LIKE, order by param", "run_name LIKE '%9'", ["params.param_2 ASC"]),
        ];
        foreach (var (name, filter, order) in searches)
        {
            var body = new { experiment_ids = new[] { experiment }, filter, order_by = order, max_results = 100 };
            await Latency($"runs/search, 100 results: {name}", () => Post(http, "runs/search", body));
        }
    }

    private static async Task Histories(HttpClient http)
    {
        var run = await CreateRun(http, "0", "long");
        for (var batch = 0; batch < 100; batch++)
        {
            await Post(http, "runs/log-batch", new
            {
                run_id = run,
                metrics = Enumerable.Range(batch * 1_000, 1_000).Select(step => new { key = "loss", value = Math.Exp(-step / 1e4), timestamp = 1_700_000_000_000 + step, step }),
            });
        }

        await Latency("metric history, 25,000 points of 100,000", () => Get(http, $"{Mlflow}metrics/get-history?run_id={run}&metric_key=loss&max_results=25000"));
        await Latency("series for a chart, 2,000 points of 100,000", () => Get(http, $"/api/v1/w/default/runs/{run}/series?key=loss"));
    }

    private static async Task Latency(string name, Func<Task> call)
    {
        await call();
        var took = new List<double>(Calls);
        for (var i = 0; i < Calls; i++)
        {
            var clock = Stopwatch.StartNew();
            await call();
            took.Add(clock.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-76} p50 {Figures.Quantile(took, 0.5),7:0.0} ms   p95 {Figures.Quantile(took, 0.95),7:0.0} ms   p99 {Figures.Quantile(took, 0.99),7:0.0} ms"));
    }

    private static async Task<string> CreateRun(HttpClient http, string experiment, string name, long start = 1) =>
        (await Post(http, "runs/create", new { experiment_id = experiment, run_name = name, start_time = 1_700_000_000_000 + start }))
        .GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;

    private static async Task<JsonElement> Post(HttpClient http, string verb, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(Mlflow + verb, content);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private static Task<byte[]> Get(HttpClient http, string path) => http.GetByteArrayAsync(path);

    /// <summary>Rounds of wrk, told as figures.</summary>
    private sealed class Load(Uri server, string folder)
    {
        /// <param name="body">Lua that returns the body of a POST; null = GET.</param>
        public async Task Measure(string name, string target, int connections, string path, string? body)
        {
            var (rate, p50, p99) = (new Figures(name, "req/s", target), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                var result = await Wrk.Run(name, new Uri(server, path), connections, 5, body, folder);
                rate.Add(result.Rate);
                p50.Add(result.P50);
                p99.Add(result.P99);
            }

            rate.Print();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-53}p50 {Figures.Quantile(p50, 0.5):0.00} ms, p99 {Figures.Quantile(p99, 0.5):0.00} ms"));
        }
    }
}
