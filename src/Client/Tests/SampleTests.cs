using System.Diagnostics;
using Slipway.Tracking.Contracts;

namespace Slipway.Client.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_trains_logs_and_registers()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var start = new ProcessStartInfo(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Train", configuration, "Slipway.Train"))) { RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SLIPWAY_", StringComparison.Ordinal) || name.StartsWith("MLFLOW_", StringComparison.Ordinal)).ToList()) { start.Environment.Remove(name); }

        start.Environment["SLIPWAY_URL"] = server.BaseAddress.ToString();
        using var program = Process.Start(start)!;
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal(0, program.ExitCode);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress));
        var run = Assert.Single(await client.Runs.SearchAsync().ToListAsync());
        Assert.Equal(RunStatus.Finished, run.Status);
        Assert.InRange(run.Metrics["loss"]!.Value, 0, 0.1);
        Assert.Equal(1_000, await client.Runs.HistoryAsync(run.RunId, "loss").CountAsync());
        Assert.Equal(1, (await client.Models.GetAsync("line")).LatestVersion);
        Assert.Contains(run.RunId, output, StringComparison.Ordinal);
    }
}
