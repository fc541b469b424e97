namespace Slipway.Reliability.Tests;

/// <summary>What is streamed is never held.</summary>
public sealed class MemoryTests
{
    [Fact]
    public async Task Twenty_large_uploads_at_once_take_little_memory()
    {
        const int uploads = 20;
        const int megabytes = 32;
        using var folder = new Folder();
        await using var server = await ServerProcess.Start(folder.Path);
        using var http = server.NewClient();
        http.Timeout = TimeSpan.FromMinutes(2);
        using var client = new MlflowClient(http);
        var (_, run) = await client.Send(new CreateRun(await client.CreateExperiment("large"), "large"), 1);
        var bytes = new byte[megabytes << 20];
        new Random(9).NextBytes(bytes);
        var paths = new List<string>();
        for (var i = 0; i < uploads; i++) { paths.Add(await client.ArtifactPath(run!, $"{i}.bin")); }

        var before = server.ResidentBytes();
        var all = Task.WhenAll(paths.Select((path, i) => Task.Run(async () =>
        {
            // Each has bytes of its own, so that nothing is stored once for all.
            using var answer = await http.PutAsync(path, new ByteArrayContent(bytes, i, bytes.Length - i));
            Assert.True(answer.IsSuccessStatusCode);
        })));
        var most = before;
        while (!all.IsCompleted)
        {
            most = Math.Max(most, server.ResidentBytes());
            await Task.Delay(20);
        }

        await all;
        var grown = (most - before) / 1e6;
        Assert.InRange(grown, -100, 200);
        Report.Line($"memory: {uploads} uploads of {megabytes} MiB at once, {grown:#,0} MB more memory at most");
    }
}
