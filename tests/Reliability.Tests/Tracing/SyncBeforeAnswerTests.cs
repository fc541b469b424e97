namespace Slipway.Reliability.Tests;

/// <summary>Acknowledged means durable: no answer leaves before the disk has what it acknowledges.</summary>
public sealed class SyncBeforeAnswerTests
{
    [Fact]
    public async Task Every_acknowledged_write_is_preceded_by_its_sync()
    {
        using var folder = new Folder();
        var (file, data) = (Path.Combine(folder.Path, "trace"), Path.Combine(folder.Path, "data"));
        string[] strace = ["strace", "-D", "-f", "-yy", "-s", "96", "-e", "trace=fdatasync,fsync,sendto,sendmsg,write,writev,recvfrom,recvmsg,read", "-o", file, ServerProcess.Program];
        await using (var server = await Privilege.OrSkip("strace", () => ServerProcess.Start(data, command: strace, waitSeconds: 60)))
        {
            var load = new MixedLoad("trace", 13);
            using var enough = new CancellationTokenSource();
            await load.Begin(server, onRefusal: null, enough.Token);
            await load.Reaches(150);
            await enough.CancelAsync();
            await load.Ended();
            await server.Stop();
            Assert.Equal(0, load.Refused);
        }

        // An upload also syncs the blob; the row that names it is what makes it findable, so the database's log counts for all.
        var database = Path.Combine(data, "slipway.db-wal");
        var trace = SyncTrace.Read(File.ReadLines(file).Where(line => !line.Contains("exited with", StringComparison.Ordinal)), (_, synced) => synced == database);
        var uploads = SyncTrace.Read(File.ReadLines(file), (request, synced) => !request.StartsWith("PUT", StringComparison.Ordinal) || synced.Contains("/blobs/", StringComparison.Ordinal));

        Assert.Empty(trace.Faults);
        Assert.Empty(uploads.Faults);
        Assert.True(trace.Proven > 100, $"Only {trace.Proven} acknowledged writes are in the trace.");
        Report.Line($"sync before answer: {trace.Proven:#,0} acknowledged writes traced, each after a completed sync of the database's log that began after its arrival; uploads after that of their blob as well");
    }
}
