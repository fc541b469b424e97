using System.Diagnostics;
using System.Security.Cryptography;
using Slipway.Kernel;

namespace Slipway.Bench;

/// <summary>Blobs in and out, beside a plain copy of the same file in the same run.</summary>
internal static class BlobBench
{
    private const int Rounds = 5;
    private const long Bytes = 512L << 20;
    private const int BufferBytes = 1 << 20;

    public static async Task Run(string[] args)
    {
        var folder = Machine.Folder();
        try
        {
            var source = Path.Combine(folder.FullName, "source");
            await Fill(source);
            var store = new FolderBlobStore(Path.Combine(folder.FullName, "blobs"), TimeProvider.System);
            var (hash, copy, put) = (Figures("SHA-256 alone, one core"), Figures("plain copy of a file, synced"), Figures("put a blob from a file, synced"));
            var (read, get) = (Figures("plain read of a file"), Figures("read a blob, every chunk checked"));
            for (var round = -1; round < Rounds; round++)
            {
                var target = Path.Combine(folder.FullName, "copy");
                var blob = new BlobInfo("", 0);
                var (a, b) = (await Rate(() => Hash(source)), await Rate(() => Copy(source, target)));
                var c = await Rate(async () => { await using var file = Open(source); blob = await store.Put(file, CancellationToken.None); });
                var d = await Rate(async () => { await using var file = Open(source); await file.CopyToAsync(Stream.Null, BufferBytes); });
                var e = await Rate(() => store.CopyTo(blob.Digest, null, Stream.Null, CancellationToken.None));
                File.Delete(target);
                await store.Delete(blob.Digest, CancellationToken.None);
                if (round < 0) { continue; }

                hash.Add(a);
                copy.Add(b);
                put.Add(c);
                read.Add(d);
                get.Add(e);
            }

            foreach (var figures in (Figures[])[hash, copy, put, read, get]) { figures.Print(); }
        }
        finally { folder.Delete(recursive: true); }
    }

    private static Figures Figures(string name) => new($"{name}, {Bytes >> 20} MB", "MB/s");

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);

    private static async Task Fill(string path)
    {
        var buffer = new byte[BufferBytes];
        await using var file = File.Create(path);
        for (var i = 0L; i < Bytes; i += buffer.Length)
        {
            Random.Shared.NextBytes(buffer);
            await file.WriteAsync(buffer);
        }
    }

    private static async Task Hash(string path)
    {
        await using var file = Open(path);
        await SHA256.HashDataAsync(file);
    }

    private static async Task Copy(string from, string to)
    {
        await using var source = Open(from);
        await using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        await source.CopyToAsync(target, BufferBytes);
        target.Flush(flushToDisk: true);
    }

    private static async Task<double> Rate(Func<Task> transfer)
    {
        var clock = Stopwatch.StartNew();
        await transfer();
        return (Bytes >> 20) / clock.Elapsed.TotalSeconds;
    }
}
