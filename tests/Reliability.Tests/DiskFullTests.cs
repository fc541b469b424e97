using System.Collections.Concurrent;

namespace Slipway.Reliability.Tests;

/// <summary>The disk fills up during writes and is given room again.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task A_full_disk_refuses_writes_serves_reads_and_goes_on_when_freed()
    {
        using var folder = new Folder();
        await using var disk = await Privilege.OrSkip("a small disk (mount; needs root)", () => Tmpfs.Mount(Path.Combine(folder.Path, "disk"), "8m"));
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[3 << 20]);
        await using var server = await ServerProcess.Start(Path.Combine(disk.Path, "data"));

        var full = new MixedLoad("full", 7);
        var answers = new ConcurrentBag<int>();
        // Each writer ends at its first refusal, so the load ends when the disk is full.
        await full.Begin(server, status => { answers.Add(status); return false; }, CancellationToken.None);
        await full.Ended().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.NotEmpty(answers);
        Assert.All(answers, status => Assert.True(status is 507 or 503, $"A write to a full disk was answered with {status}."));
        Assert.Empty(await full.Faults(server));
        using var client = server.NewClient();
        Assert.True((await client.GetAsync("/health")).IsSuccessStatusCode);

        File.Delete(ballast);
        var freed = new MixedLoad("freed", 8);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await freed.Begin(server, onRefusal: null, soon.Token);
        await freed.Ended();
        Assert.Equal(0, freed.Refused);
        Assert.True(freed.Acknowledged > 0, "Nothing was accepted after room was made.");

        await server.Kill();
        await using var again = await ServerProcess.Start(Path.Combine(disk.Path, "data"));
        Assert.Empty((await full.Faults(again)).Concat(await freed.Faults(again)));
        Report.Line($"disk full: {full.Acknowledged:#,0} writes acknowledged before, {answers.Count} refused with {string.Join(" and ", answers.Distinct().Order())}, reads went on; {freed.Acknowledged:#,0} acknowledged after room was made, without a restart");
    }
}
