using System.Runtime.CompilerServices;

namespace Slipway.Kernel;

/// <summary>
/// Blobs in a folder: <c>ab/ab12…</c> with <c>ab/ab12….chunks</c> beside the large ones, and <c>tmp/</c> for what is on its way in. A blob appears by one
/// rename after its bytes are on the disk, so that it is there whole or not at all.
/// </summary>
public sealed class FolderBlobStore : IBlobStore, ISweepableBlobs
{
    private readonly string _folder;
    private readonly ArrivingFolder _arriving;
    private readonly TimeProvider _clock;

    // One per folder: what is put and what is swept do not cross.
    private readonly Lock[] _gates = [.. Enumerable.Range(0, 256).Select(_ => new Lock())];

    /// <summary>Makes the folder when it is missing, and removes what a crash has left half written.</summary>
    public FolderBlobStore(string folder, TimeProvider clock)
    {
        _clock = clock;
        _folder = Path.GetFullPath(folder);
        _arriving = new ArrivingFolder(Path.Combine(_folder, "tmp"), clock);

        // All at once: made on demand, one writer could acknowledge a blob in a directory that another has made and not yet synced.
        for (var i = 0; i < 256; i++) { Directory.CreateDirectory(Path.Combine(_folder, i.ToString("x2", null))); }

        DurableFiles.SyncDirectory(_folder);
    }

    public async Task<BlobInfo> Put(Stream content, CancellationToken ct)
    {
        var arriving = _arriving.NewPath();
        try
        {
            var (digest, chunks) = await BlobWriter.Write(arriving, content, ct);
            Keep(arriving, digest, chunks);
            return new BlobInfo(digest, chunks.SizeBytes);
        }
        finally
        {
            File.Delete(arriving);
            File.Delete(arriving + ".chunks");
        }
    }

    public Task<BlobInfo?> Find(string digest, CancellationToken ct)
    {
        var file = new FileInfo(PathOf(digest));
        return Task.FromResult(file.Exists ? new BlobInfo(digest, file.Length) : null);
    }

    public async Task CopyTo(string digest, BlobRange? range, Stream destination, CancellationToken ct)
    {
        using var reader = FileSource.Open(PathOf(digest), digest);
        await reader.CopyTo(range, destination, ct);
    }

    public Task<Stream> Open(string digest, CancellationToken ct) => Task.FromResult<Stream>(new BlobStream(FileSource.Open(PathOf(digest), digest)));

    public async Task Check(string digest, CancellationToken ct)
    {
        using var reader = FileSource.Open(PathOf(digest), digest);
        await reader.CheckWhole(ct);
    }

    public Task<bool> Delete(string digest, CancellationToken ct)
    {
        var path = PathOf(digest);
        var there = File.Exists(path);
        File.Delete(path);
        File.Delete(path + ".chunks");
        return Task.FromResult(there);
    }

    public async IAsyncEnumerable<BlobInfo> PutBefore(DateTimeOffset moment, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var i = 0; i < 256; i++)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
            foreach (var file in new DirectoryInfo(Path.Combine(_folder, i.ToString("x2", null))).EnumerateFiles())
            {
                if (BlobDigest.IsValid(file.Name) && file.Exists && file.LastWriteTimeUtc < moment.UtcDateTime) { yield return new BlobInfo(file.Name, file.Length); }
            }
        }
    }

    public Task<bool> Sweep(string digest, DateTimeOffset moment, CancellationToken ct)
    {
        lock (GateOf(digest))
        {
            var file = new FileInfo(PathOf(digest));
            if (!file.Exists || file.LastWriteTimeUtc >= moment.UtcDateTime) { return Task.FromResult(false); }

            // The list first: what a crash leaves is found again by the blob.
            File.Delete(file.FullName + ".chunks");
            file.Delete();
            return Task.FromResult(true);
        }
    }

    private void Keep(string arrived, string digest, BlobChunks chunks)
    {
        var target = PathOf(digest);
        // When it was put, by the server's clock: how old a blob is decides whether it may be swept.
        File.SetLastWriteTimeUtc(arrived, _clock.GetUtcNow().UtcDateTime);
        lock (GateOf(digest)) { Name(arrived, target, chunks); }
    }

    private Lock GateOf(string digest) => _gates[Convert.FromHexString(BlobDigest.Checked(digest)[..2])[0]];

    private static void Name(string arrived, string target, BlobChunks chunks)
    {
        try
        {
            // The list first: a blob without its list would be unreadable, a list without its blob is nothing.
            if (chunks.SizeBytes > BlobChunks.ChunkBytes) { DurableFiles.Replace(arrived + ".chunks", target + ".chunks", chunks.ToBytes()); }

            // Also over an equal blob: a copy that has rotted is replaced by a good one.
            File.Move(arrived, target, overwrite: true);
            DurableFiles.SyncDirectory(Path.GetDirectoryName(target)!);
        }
        catch (IOException error) { throw DurableFiles.Describe(error, "the blobs"); }
    }

    private string PathOf(string digest) => Path.Combine(_folder, BlobDigest.Checked(digest)[..2], digest);
}
