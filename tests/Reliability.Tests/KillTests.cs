namespace Slipway.Reliability.Tests;

/// <summary>The process dies at any moment, without a chance to clean up.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task No_acknowledged_write_is_lost_doubled_or_torn_by_kill_9()
    {
        using var folder = new Folder();
        var random = new Random(20261121);
        var (loads, recoveries) = (new List<MixedLoad>(), new List<double>());
        var server = await ServerProcess.Start(folder.Path);
        for (var cycle = 0; cycle < Effort.Of(ci: 25, full: 200); cycle++)
        {
            var load = new MixedLoad($"kill{cycle}", random.Next());
            await load.Begin(server, onRefusal: null, CancellationToken.None);
            await Task.Delay(random.Next(50, 500));
            await server.Kill();
            await load.Ended();
            await server.DisposeAsync();

            server = await ServerProcess.Start(folder.Path);
            recoveries.Add(server.StartTook.TotalMilliseconds);
            Assert.Empty(await load.Faults(server));
            loads.Add(load);
        }

        // Recovery must not harm what earlier recoveries had saved.
        foreach (var load in loads) { Assert.Empty(await load.Faults(server)); }

        await server.DisposeAsync();
        Assert.Equal(0, loads.Sum(load => load.Refused));
        Assert.True(loads.Sum(load => load.Acknowledged) > loads.Count, "The load was too small to mean anything.");
        Report.Line($"kill -9: {loads.Count} kills, {loads.Sum(load => load.Acknowledged):#,0} acknowledged writes, 0 lost, doubled or torn; start after a kill {Report.Spread(recoveries, "ms")}");
    }
}
