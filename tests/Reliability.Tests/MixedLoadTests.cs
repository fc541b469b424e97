namespace Slipway.Reliability.Tests;

/// <summary>Nothing fails, and many write and read at once: what one request carries never reaches another.</summary>
public sealed class MixedLoadTests
{
    [Fact]
    public async Task What_was_acknowledged_is_what_is_stored()
    {
        using var folder = new Folder();
        await using var server = await ServerProcess.Start(folder.Path);
        var acknowledged = 0;
        // Reading everything back between the rounds is part of the load: it once poisoned the memory that later rounds were read into.
        for (var round = 0; round < Effort.Of(ci: 3, full: 30); round++)
        {
            var load = new MixedLoad($"round{round}", round);
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await load.Begin(server, onRefusal: null, soon.Token);
            await load.Ended();

            Assert.Empty(await load.Faults(server));
            Assert.Equal(0, load.Refused);
            acknowledged += load.Acknowledged;
        }

        Report.Line($"mixed load: {acknowledged:#,0} acknowledged writes, every one of them as it was sent");
    }
}
