using Slipway.Client;

// SLIPWAY_URL says which server, SLIPWAY_KEY as whom; without them the one of this machine.
using var client = new SlipwayClient();
await client.Runs.RunAsync("straight line", async run =>
{
    var (slope, offset, rate) = (0.0, 0.0, 0.02);
    var points = Enumerable.Range(0, 20).Select(i => (X: i / 10.0, Y: (3 * i / 10.0) - 1 + (0.1 * (i % 3)))).ToArray();
    await run.LogParamsAsync([new("rate", rate), new("points", points.Length)]);
    for (var step = 0; step < 1_000; step++)
    {
        var errors = points.Select(point => (point.X, Error: (slope * point.X) + offset - point.Y)).ToArray();
        slope -= rate * errors.Average(one => one.Error * one.X);
        offset -= rate * errors.Average(one => one.Error);
        await run.LogMetricAsync("loss", errors.Average(one => one.Error * one.Error), step);
    }

    await run.LogTextAsync($$"""{"slope": {{slope:R}}, "offset": {{offset:R}}}""", "model/line.json");
    await client.Models.RegisterAsync("line", run, "model");
    Console.WriteLine($"y = {slope:0.##} x + {offset:0.##}: {run.Page}");
});
