using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Slipway.Testing;

namespace Slipway.Bench;

/// <summary>One large artifact up and down through HTTP, with blobs in a folder and in a bucket (npm's s3rver on the same machine), beside a plain copy of the same file; and how far the server's memory grew.</summary>
internal static class ArtifactBench
{
    private const int Rounds = 3;
    private const int BufferBytes = 1 << 20;
    private const long WarmBytes = 64L << 20;

    /// <param name="args">Megabytes (1,024), and <c>folder</c> or <c>bucket</c> for one of them alone.</param>
    public static async Task Run(string[] args)
    {
        var bytes = (args.Length > 0 ? long.Parse(args[0], null) : 1024) << 20;
        var folder = Machine.Folder();
        try
        {
            var (source, warm) = (Path.Combine(folder.FullName, "source"), Path.Combine(folder.FullName, "warm"));
            await Fill(source, bytes);
            await Fill(warm, WarmBytes);
            var copy = new Figures($"plain copy of a file, synced, {bytes >> 20} MB", "MB/s");
            for (var round = 0; round < Rounds; round++) { copy.Add(await Rate(bytes, () => Copy(source, Path.Combine(folder.FullName, "copy")))); }

            copy.Print();
            if (args.Length < 2 || args[1] == "folder") { await Measure("a folder", folder.FullName, source, warm, bytes, []); }

            if (args.Length < 2 || args[1] == "bucket")
            {
                var bucket = await TestBucket.Open();
                await Measure("a bucket", folder.FullName, source, warm, bytes,
                    ["--blobs", $"s3://{bucket.Name}/bench", "--s3-endpoint", bucket.Endpoint.ToString(), "--s3-access-key", "S3RVER", "--s3-secret-key", "S3RVER"]);
            }
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Measure(string where, string folder, string source, string warm, long bytes, string[] arguments)
    {
        await using var server = await ServerProcess.Start(Path.Combine(folder, where.Replace(' ', '-')), arguments);
        using var client = server.NewClient();
        client.Timeout = TimeSpan.FromMinutes(10);
        var run = (string)(await (await client.PostAsJsonAsync("/api/2.0/mlflow/runs/create", new { experiment_id = "0" })).Content.ReadFromJsonAsync<JsonNode>())!["run"]!["info"]!["run_id"]!;
        var address = $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/";
        var (up, down) = (new Figures($"up to {where}, {bytes >> 20} MB", "MB/s"), new Figures($"down from {where}, {bytes >> 20} MB", "MB/s"));
        var growth = new Figures($"growth of resident memory, {where}", "MB", "20 MB");
        await Up(client, address + "warm", warm);
        await Down(client, address + "warm", WarmBytes);
        for (var round = 0; round < Rounds; round++)
        {
            var before = server.ResidentBytes();
            using var end = new CancellationTokenSource();
            var highest = Highest(server, end.Token);
            up.Add(await Rate(bytes, () => Up(client, address + "big", source)));
            down.Add(await Rate(bytes, () => Down(client, address + "big", bytes)));
            await end.CancelAsync();
            growth.Add((await highest - before) / 1e6);
        }

        foreach (var figures in (Figures[])[up, down, growth]) { figures.Print(); }
    }

    private static async Task<long> Highest(ServerProcess server, CancellationToken ct)
    {
        var highest = 0L;
        while (!ct.IsCancellationRequested)
        {
            highest = Math.Max(highest, server.ResidentBytes());
            await Task.Delay(20, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return highest;
    }

    private static async Task Up(HttpClient client, string address, string file)
    {
        await using var content = Open(file);
        using var answer = await client.PutAsync(address, new StreamContent(content, BufferBytes));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task Down(HttpClient client, string address, long bytes)
    {
        using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var content = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[BufferBytes];
        long have = 0;
        for (int read; (read = await content.ReadAsync(buffer)) > 0;) { have += read; }

        if (have != bytes) { throw new InvalidOperationException($"{address} gave {have} of {bytes} bytes."); }
    }

    private static async Task Fill(string path, long bytes)
    {
        var buffer = new byte[BufferBytes];
        await using var file = File.Create(path);
        for (var i = 0L; i < bytes; i += buffer.Length)
        {
            Random.Shared.NextBytes(buffer);
            await file.WriteAsync(buffer);
        }
    }

    private static async Task Copy(string from, string to)
    {
        await using var source = Open(from);
        await using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        await source.CopyToAsync(target, BufferBytes);
        target.Flush(flushToDisk: true);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);

    private static async Task<double> Rate(long bytes, Func<Task> transfer)
    {
        var clock = Stopwatch.StartNew();
        await transfer();
        return (bytes >> 20) / clock.Elapsed.TotalSeconds;
    }
}
