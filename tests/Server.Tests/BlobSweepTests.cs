using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Server.Tests;

/// <summary>Bytes that nothing names go after a while; everything that anything names stays. The order of events is tried in SweptFolderTests.</summary>
public sealed class BlobSweepTests
{
    private static readonly byte[] Large = [.. Enumerable.Range(0, 3 << 20).Select(i => (byte)(i * 7 % 251))];

    [Theory, EachDatabase]
    public async Task What_every_look_finds_unnamed_is_set_aside_and_then_erased_and_what_anything_names_stays(string database)
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(database, options => options with { BlobGraceHours = 48 }, clock: clock);
        var (blobs, sweep) = (server.Services.GetRequiredService<IBlobStore>(), server.Services.GetRequiredService<BlobSweep>());
        async Task<(long Blobs, long Bytes)> LookAfter(int hours)
        {
            clock.Advance(TimeSpan.FromHours(hours));
            return await sweep.Step(default);
        }

        var run = await CreateRun(server);
        await Upload(server, run, "kept.txt", "kept"u8.ToArray());
        await Upload(server, run, "gone.bin", Large);
        await Upload(server, run, "replaced.txt", "first"u8.ToArray());
        await Upload(server, run, "replaced.txt", "second"u8.ToArray());

        // Named by a record that is itself a blob, a long one that the text of a tag names, and by one that only this names.
        var leaf = await Put(blobs, "leaf");
        var inner = await Put(blobs, $$"""["{{leaf}}"]""");
        var record = await Put(blobs, $$"""{"about":"{{new string('x', 2 << 20)}}","of":"{{inner}}"}""");
        await Name(server, run, record);
        var (stray, again, late, back, read) = (await Put(blobs, "stray"), await Put(blobs, "again"), await Put(blobs, "late"), await Put(blobs, "back"), await Put(blobs, "read"));
        await Send(server, HttpMethod.Delete, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/gone.bin", null);
        var all = await Placed(blobs);
        string[] gone = [Digest(Large), Digest("first"u8.ToArray()), stray];

        // Put too shortly ago; then marked, and then named, put again, or neither.
        Assert.Equal((0, 0), await LookAfter(47));
        Assert.Equal((0, 0), await LookAfter(2));
        Assert.Equal(all, await Placed(blobs));
        await Name(server, run, late);
        Assert.Equal((0, 0), await LookAfter(47));
        Assert.Equal(all, await Placed(blobs));
        await Put(blobs, "again");
        Assert.Equal((0, 0), await LookAfter(2));
        Assert.Equal(gone.Append(back).Append(read).Order(), await Aside(blobs));

        // Aside, and then named, read, or neither.
        await Name(server, run, back);
        await blobs.Check(read, default);
        await Unname(server, run, late);
        Assert.Equal((0, 0), await LookAfter(47));
        Assert.Equal(gone.Order(), await Aside(blobs));
        Assert.Equal((3, Large.Length + 10), await LookAfter(2));
        Assert.Equal(all.Except(gone), await Placed(blobs));
        Assert.Empty(await Aside(blobs));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Folder, "blobs"), gone[0] + "*", SearchOption.AllDirectories));

        // What lost its name, was read or was put again has the whole time again.
        Assert.Equal((0, 0), await LookAfter(49));
        Assert.Equal(((string[])[again, late, read]).Order(), await Aside(blobs));
        Assert.Equal((3, 13), await LookAfter(49));
        Assert.Equal(all.Except([.. gone, again, late, read]), await Placed(blobs));
        Assert.Equal("kept", await Send(server, HttpMethod.Get, $"/get-artifact?run_id={run}&path=kept.txt", null));
        Assert.Equal(0, await server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM kernel_unnamed_blobs", row => row.GetInt64(0)), default));
    }

    [Theory, EachDatabase]
    public async Task While_another_server_looks_this_one_does_not(string database)
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(database, options => options with { BlobGraceHours = 24 }, clock: clock);
        var (blobs, sweep) = (server.Services.GetRequiredService<IBlobStore>(), server.Services.GetRequiredService<BlobSweep>());
        await Put(blobs, "stray");
        Task<bool> Lease(string holder) => server.Db.Append(tx => Leases.TryTake(tx, "kernel.blobs", holder, 3_600_000), default);
        Task<long> Marks() => server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM kernel_unnamed_blobs", row => row.GetInt64(0)), default);

        clock.Advance(TimeSpan.FromHours(25));
        Assert.True(await Lease("another"));
        await sweep.Step(default);
        Assert.Equal(0, await Marks());

        clock.Advance(TimeSpan.FromHours(2));
        await sweep.Step(default);
        Assert.Equal(1, await Marks());
        Assert.False(await Lease("another"));
    }

    [Theory, EachDatabase]
    public async Task A_folder_that_another_database_names_too_is_not_swept(string database)
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(database, options => options with { BlobGraceHours = 24 }, clock: clock);
        var (blobs, sweep) = (server.Services.GetRequiredService<IBlobStore>(), server.Services.GetRequiredService<BlobSweep>());
        var databases = Path.Combine(server.Folder, "blobs", "databases");
        await Put(blobs, "stray");
        await sweep.Step(default);
        Assert.Single(Directory.GetFiles(databases));

        await ((ISweepableBlobs)blobs).NamedBy("another", default);
        for (var look = 0; look < 4; look++)
        {
            clock.Advance(TimeSpan.FromHours(25));
            Assert.Equal((0, 0), await sweep.Step(default));
        }

        Assert.Single(await Placed(blobs));
        File.Delete(Path.Combine(databases, "another"));
        for (var look = 0; look < 3; look++)
        {
            clock.Advance(TimeSpan.FromHours(25));
            await sweep.Step(default);
        }

        Assert.Empty(await Placed(blobs));
        Assert.Empty(await Aside(blobs));
    }

    [Theory, InlineData(-1), InlineData(1), InlineData(23), InlineData(87_601)]
    public void A_grace_that_uploads_could_outlast_is_refused(int hours) =>
        Assert.Contains("blob-grace-hours", Assert.Single(ServerOptionsFaults.Of(new ServerOptions { BlobGraceHours = hours })), StringComparison.Ordinal);

    private static async Task<string> Put(IBlobStore blobs, string content) => (await blobs.Put(new MemoryStream(Encoding.UTF8.GetBytes(content)), default)).Digest;

    private static Task<string> Name(TestServer server, string run, string digest) => Mlflow(server, "runs/set-tag", new { run_id = run, key = digest[..8], value = $"blob {digest}, see there." });

    private static Task<string> Unname(TestServer server, string run, string digest) => Mlflow(server, "runs/delete-tag", new { run_id = run, key = digest[..8] });

    private static async Task<List<string>> Placed(IBlobStore blobs)
    {
        var all = new List<string>();
        await foreach (var blob in ((ISweepableBlobs)blobs).PutBefore(DateTimeOffset.MaxValue, default)) { all.Add(blob.Digest); }

        return [.. all.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> Aside(IBlobStore blobs)
    {
        var all = new List<string>();
        await foreach (var aside in ((ISweepableBlobs)blobs).Aside(default)) { all.Add(aside.Digest); }

        return [.. all.Order(StringComparer.Ordinal)];
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
