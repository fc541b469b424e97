using System.Collections.Concurrent;

namespace Slipway.Kernel;

/// <summary>
/// Blobs in a folder: <c>ab/ab12…</c> with <c>ab/ab12….chunks</c> beside the large ones, and <c>tmp/</c> for what is on its way in. A blob appears by one
/// rename after its bytes are on the disk, so that it is there whole or not at all. What nothing names stands aside for a while, as <c>ab/ab12….unnamed-ID</c>, and comes back to whoever asks for it.
/// </summary>
public sealed partial class FolderBlobStore : IBlobStore, ISweepableBlobs
{
    // Digests that are remembered: a few hundred kilobytes.
    private const int CopiedOnce = 1_000;

    private readonly string _folder;
    private readonly ArrivingFolder _arriving;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, bool> _copiedOnce = new();

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
            _copiedOnce.TryRemove(digest, out _);
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
        if (!file.Exists && TakeBack(digest)) { file.Refresh(); }

        return Task.FromResult(file.Exists ? new BlobInfo(digest, file.Length) : null);
    }

    public async Task CopyTo(string digest, BlobRange? range, Stream destination, CancellationToken ct)
    {
        // What is copied again soon is worth its place in the page cache; most large blobs are not.
        if (_copiedOnce.Count > CopiedOnce) { _copiedOnce.Clear(); }

        using var reader = await Reader(digest, ct, inPassing: _copiedOnce.TryAdd(digest, true));
        await reader.CopyTo(range, destination, ct);
    }

    public async Task<Stream> Open(string digest, CancellationToken ct) => new BlobStream(await Reader(digest, ct));

    public async Task Check(string digest, CancellationToken ct)
    {
        using var reader = await Reader(digest, ct);
        await reader.CheckWhole(ct);
    }

    public Task<bool> Delete(string digest, CancellationToken ct)
    {
        var path = PathOf(digest);
        var there = File.Exists(path) || TakeBack(digest);
        File.Delete(path);
        File.Delete(path + ".chunks");
        return Task.FromResult(there);
    }

    private void Keep(string arrived, string digest, BlobChunks chunks)
    {
        var target = PathOf(digest);
        // When it was put, by the server's clock: how old a blob is decides whether it may be swept.
        File.SetLastWriteTimeUtc(arrived, _clock.GetUtcNow().UtcDateTime);
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

    private async Task<BlobReader> Reader(string digest, CancellationToken ct, bool inPassing = false)
    {
        var path = PathOf(digest);
        while (true)
        {
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: > BlobChunks.ChunkBytes } && !File.Exists(path + ".chunks")) { await MakeList(path, digest, ct); }

                return FileSource.Open(path, digest, inPassing);
            }
            catch (BlobMissingException)
            {
                if (!TakeBack(digest)) { throw; }
            }
        }
    }

    /// <summary>The list is made of the bytes and no more than them: one that went, as that of an erased blob does, just as the blob was put again is made again.</summary>
    private async Task MakeList(string path, string digest, CancellationToken ct)
    {
        var arriving = _arriving.NewPath();
        try
        {
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var (found, chunks) = await BlobHasher.Of(content, ct);
            if (found == digest) { DurableFiles.Replace(arriving, path + ".chunks", chunks.ToBytes()); }
        }
        catch (FileNotFoundException) { return; }
        finally { File.Delete(arriving); }
    }

    private string PathOf(string digest) => Path.Combine(_folder, BlobDigest.Checked(digest)[..2], digest);
}
