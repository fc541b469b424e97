namespace Slipway.Reliability.Tests;

/// <summary>The machine loses its power: what the page cache held is gone, which no kill of a process can show.</summary>
public sealed class PowerCutTests
{
    [Fact]
    public async Task No_acknowledged_write_is_lost_or_torn_by_a_power_cut()
    {
        using var folder = new Folder();
        var random = new Random(3);
        var (acknowledged, starts) = (0, new List<double>());
        var cuts = Effort.Of(ci: 3, full: 50);
        for (var cut = 0; cut < cuts; cut++)
        {
            await using var disk = await Privilege.OrSkip("a disk in a file (losetup, mount; needs root)", () => LoopDisk.Create(folder.Path, $"before{cut}"));
            var data = Path.Combine(disk.Path, "data");
            await using var server = await ServerProcess.Start(data);
            var load = new MixedLoad($"cut{cut}", random.Next());
            await load.Begin(server, onRefusal: null, CancellationToken.None);
            await load.Reaches(30);
            await Task.Delay(random.Next(100, 800));

            await server.Freeze();
            // Only now: a sync of the server's would have taken the name along, which ext4's journal commits with everything else.
            await File.WriteAllTextAsync(Path.Combine(disk.Path, "unsynced"), "never synced");
            await using var found = await disk.AfterPowerCut(folder.Path, $"after{cut}");
            await server.Kill();
            await load.Ended();

            Assert.False(File.Exists(Path.Combine(found.Path, "unsynced")), "What nobody synced survived: this is no power cut, and the test would prove nothing.");
            await using (var after = await ServerProcess.Start(Path.Combine(found.Path, "data")))
            {
                Assert.Empty(await load.Faults(after));
                starts.Add(after.StartTook.TotalMilliseconds);
            }

            acknowledged += load.Acknowledged;
        }

        Report.Line($"power cut: {cuts} cuts, {acknowledged:#,0} acknowledged writes, 0 lost or torn; start afterwards {Report.Spread(starts, "ms")}");
    }
}
