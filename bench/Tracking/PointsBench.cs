using System.Diagnostics;
using System.Globalization;

namespace Slipway.Bench.Tracking;

/// <summary>
/// Many metric keys in one experiment: each run logs some of 12,000 keys for some steps. 7,500 runs of 1,500 keys and 20 steps are 225 million points; tells how long
/// they took, what a search takes among them and what a point takes on the disk.
/// </summary>
internal static class PointsBench
{
    private const int DistinctKeys = 12_000;
    private const int Batch = 1_000;

    /// <summary><c>points [RUNS] [KEYS] [STEPS] [DATABASE | URL]</c>: 7,500 runs of 1,500 keys and 20 steps unless said otherwise.</summary>
    public static async Task Run(string[] args)
    {
        var arguments = TrackingArguments.Parse(args);
        var (runs, keys, steps) = (arguments.Number(0, 7_500), arguments.Number(1, 1_500), arguments.Number(2, 20));
        var folder = Machine.Folder();
        try
        {
            await using var server = await MlflowServer.Start(arguments, folder.FullName);
            var (experiment, clock) = (await server.CreateExperiment("wide"), Stopwatch.StartNew());
            var before = server.DatabaseBytes();
            await Calls.AtOnce(runs, 4, run => LogRun(server, experiment, run, keys, steps));
            var points = (double)runs * keys * steps;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{points:#,0} points in {clock.Elapsed.TotalSeconds:0} s: {points / clock.Elapsed.TotalSeconds:#,0} points/s"));
            await Searches(server, experiment);
            if (server.DatabaseBytes() is { } after) { Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"on the disk, log of the database included: {(after - before) / points:0.0} bytes a point (target {(steps > 1_000 ? 12 : 25)})")); }

            server.PrintMemory("after all of it");
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task LogRun(MlflowServer server, string experiment, int number, int keys, int steps)
    {
        var (run, random) = ((await server.CreateRun(experiment, $"wide-{number}", number)).Id, new Random(number));
        // A request holds as many steps of as many keys as it may: the run's own range of the keys.
        var stepsAtOnce = Math.Min(steps, Batch);
        var keysAtOnce = Batch / stepsAtOnce;
        for (var (key, step) = (0, 0); key < keys; (key, step) = step + stepsAtOnce < steps ? (key, step + stepsAtOnce) : (key + keysAtOnce, 0))
        {
            await server.Post("runs/log-batch", new
            {
                run_id = run,
                metrics = from k in Enumerable.Range(key, Math.Min(keysAtOnce, keys - key))
                          from s in Enumerable.Range(step, Math.Min(stepsAtOnce, steps - step))
                          select new { key = $"metric_{(k + (number * 97)) % DistinctKeys}", value = random.NextDouble(), timestamp = 1_700_000_000_000 + (s * 1_000) + random.Next(1_000), step = s },
            });
        }

        await server.Post("runs/update", new { run_id = run, status = "FINISHED", end_time = 1_700_000_100_000 + number });
    }

    private static async Task Searches(MlflowServer server, string experiment)
    {
        var body = new { experiment_ids = new[] { experiment }, filter = "metrics.metric_100 > 0.5 AND metrics.metric_200 < 0.5", order_by = new[] { "metrics.metric_300 DESC" }, max_results = 10 };
        await Calls.Latency("runs/search, 10 results with all their metrics, two metric filters and an order", "p95 300 ms", () => server.Post("runs/search", body));
    }
}
