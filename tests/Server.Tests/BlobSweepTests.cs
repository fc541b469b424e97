using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Server.Tests;

/// <summary>Bytes that nothing names go after a while; everything that anything names stays.</summary>
public sealed class BlobSweepTests
{
    private static readonly byte[] Large = [.. Enumerable.Range(0, 3 << 20).Select(i => (byte)(i * 7 % 251))];

    [Theory, EachDatabase]
    public async Task What_nothing_names_is_swept_and_what_anything_names_stays(string database)
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(database, options => options with { BlobGraceHours = 48 }, clock: clock);
        var (blobs, sweep) = (server.Services.GetRequiredService<IBlobStore>(), server.Services.GetRequiredService<BlobSweep>());
        var run = await CreateRun(server);
        await Upload(server, run, "kept.txt", "kept"u8.ToArray());
        await Upload(server, run, "gone.bin", Large);
        await Upload(server, run, "replaced.txt", "first"u8.ToArray());
        await Upload(server, run, "replaced.txt", "second"u8.ToArray());
        var before = await All(blobs);

        // Named by a record that is itself a blob, a long one, and by the text of a tag.
        var inner = await blobs.Put(new MemoryStream("inner"u8.ToArray()), default);
        var record = await blobs.Put(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"about":"{{new string('x', 2 << 20)}}","of":"{{inner.Digest}}"}""")), default);
        var told = await blobs.Put(new MemoryStream("told"u8.ToArray()), default);
        await Mlflow(server, "runs/set-tag", new { run_id = run, key = "see", value = $"blob {told.Digest}, and record {record.Digest}." });
        var stray = await blobs.Put(new MemoryStream("stray"u8.ToArray()), default);
        var again = await blobs.Put(new MemoryStream("again"u8.ToArray()), default);
        await Send(server, HttpMethod.Delete, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/gone.bin", null);

        clock.Advance(TimeSpan.FromHours(47));
        Assert.Equal((0, 0), await sweep.Step(default));
        await blobs.Put(new MemoryStream("again"u8.ToArray()), default);
        clock.Advance(TimeSpan.FromHours(2));
        var swept = await sweep.Step(default);

        var left = await All(blobs);
        string[] gone = [Digest(Large), Digest("first"u8.ToArray()), stray.Digest];
        Assert.Equal((3, Large.Length + 10), swept);
        Assert.Equal(before.Concat([inner.Digest, record.Digest, told.Digest, again.Digest]).Except(gone).Order(), left.Order());
        Assert.Equal("kept", await Send(server, HttpMethod.Get, $"/get-artifact?run_id={run}&path=kept.txt", null));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Folder, "blobs"), gone[0] + "*", SearchOption.AllDirectories));
        Assert.Equal((0, 0), await sweep.Step(default));
        clock.Advance(TimeSpan.FromHours(48));
        Assert.Equal((1, 5), await sweep.Step(default));
    }

    [Fact]
    public async Task Whoever_puts_beside_the_sweep_keeps_what_was_put()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var clock = new ManualClock();
            var store = new FolderBlobStore(folder.FullName, clock);
            var content = Large[..(2 << 20)];
            var digest = (await store.Put(new MemoryStream(content), default)).Digest;
            for (var round = 0; round < 50; round++)
            {
                clock.Advance(TimeSpan.FromHours(1));
                var moment = clock.GetUtcNow();
                var sweeps = Task.Run(async () => { for (var i = 0; i < 20; i++) { await store.Sweep(digest, moment, default); } });
                await Task.WhenAll(sweeps, Task.Run(() => store.Put(new MemoryStream(content), default)));

                await store.Check(digest, default);
            }
        }
        finally { folder.Delete(recursive: true); }
    }

    [Theory, InlineData(-1), InlineData(1), InlineData(23), InlineData(87_601)]
    public void A_grace_that_uploads_could_outlast_is_refused(int hours) =>
        Assert.Contains("blob-grace-hours", Assert.Single(ServerOptionsFaults.Of(new ServerOptions { BlobGraceHours = hours })), StringComparison.Ordinal);

    private static async Task<List<string>> All(IBlobStore blobs)
    {
        var all = new List<string>();
        await foreach (var blob in ((ISweepableBlobs)blobs).PutBefore(DateTimeOffset.MaxValue, default)) { all.Add(blob.Digest); }

        return all;
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static async Task<string> CreateRun(TestServer server) =>
        (string)JsonNode.Parse(await Mlflow(server, "runs/create", new { experiment_id = "0" }))!["run"]!["info"]!["run_id"]!;

    private static Task<string> Mlflow(TestServer server, string verb, object body) => Send(server, HttpMethod.Post, "/api/2.0/mlflow/" + verb, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body));

    private static Task<string> Upload(TestServer server, string run, string name, byte[] content) =>
        Send(server, HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/{name}", content);

    private static async Task<string> Send(TestServer server, HttpMethod method, string path, byte[]? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new ByteArrayContent(body) };
        if (method == HttpMethod.Post && path.Contains("/mlflow/", StringComparison.Ordinal)) { request.Content!.Headers.ContentType = new("application/json"); }

        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }
}
