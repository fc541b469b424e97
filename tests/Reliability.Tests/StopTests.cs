namespace Slipway.Reliability.Tests;

/// <summary>An operator stops the server while it is busy.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_stop_under_load_takes_at_most_10_s_and_loses_nothing()
    {
        using var folder = new Folder();
        await using var server = await ServerProcess.Start(folder.Path);
        var load = new MixedLoad("stop", 11);
        // While it stops, it may refuse; it must not acknowledge and lose.
        await load.Begin(server, status => status is 503, CancellationToken.None);
        await Task.Delay(500);

        var (took, exitCode) = await server.Stop();
        await load.Ended();

        Assert.Equal(0, exitCode);
        Assert.InRange(took.TotalSeconds, 0, 10);
        await using var again = await ServerProcess.Start(folder.Path);
        Assert.Empty(await load.Faults(again));
        Report.Line($"stop under load: {took.TotalMilliseconds:#,0} ms, {load.Acknowledged:#,0} acknowledged writes, 0 lost, start afterwards {again.StartTook.TotalMilliseconds:#,0} ms");
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused()
    {
        using var folder = new Folder();
        await using var server = await ServerProcess.Start(folder.Path);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.Start(folder.Path));

        Assert.Contains("Another slipway server uses", refused.Message, StringComparison.Ordinal);
    }
}
