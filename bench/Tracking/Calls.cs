using System.Diagnostics;
using System.Globalization;

namespace Slipway.Bench.Tracking;

/// <summary>The two ways to measure: one call after another, and as many as wrk can make.</summary>
internal static class Calls
{
    private const int Rounds = 3;

    /// <summary>Latencies of calls one after another, after one that is not counted.</summary>
    public static async Task Latency(string name, string target, Func<Task> call, int calls = 60)
    {
        await call();
        var took = new List<double>(calls);
        for (var i = 0; i < calls; i++)
        {
            var clock = Stopwatch.StartNew();
            await call();
            took.Add(clock.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-76} p50 {Figures.Quantile(took, 0.5),7:0.0} ms   p95 {Figures.Quantile(took, 0.95),7:0.0} ms   p99 {Figures.Quantile(took, 0.99),7:0.0} ms{(target.Length == 0 ? "" : $"   target {target}")}"));
    }

    /// <summary>Rounds of wrk, told as figures.</summary>
    /// <param name="body">Lua that returns the body of a POST; null = GET.</param>
    public static async Task Rate(this MlflowServer server, string name, string target, int connections, string path, string? body)
    {
        var (rate, p50, p99) = (new Figures(name, "req/s", target), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var result = await Wrk.Run(name, new Uri(server.BaseAddress, path), connections, 5, body, server.Folder);
            rate.Add(result.Rate);
            p50.Add(result.P50);
            p99.Add(result.P99);
        }

        rate.Print();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-53}p50 {Figures.Quantile(p50, 0.5):0.00} ms, p99 {Figures.Quantile(p99, 0.5):0.00} ms"));
    }

    /// <summary>All of a number of calls, so many at a time.</summary>
    public static Task AtOnce(int count, int atOnce, Func<int, Task> call) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) => await call(i));
}
