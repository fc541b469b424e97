using System.Buffers;

namespace Slipway.Kernel;

/// <summary>
/// Blobs in a bucket, named as in a folder: <c>ab/ab12…</c> with <c>ab/ab12….chunks</c> beside the large ones, and <c>tmp/</c> for what is on its way in. An object appears
/// under its digest whole or not at all. Every request is signed with the digest of its body, so that the store refuses what the way has changed.
/// </summary>
public sealed class S3BlobStore : IBlobStore, IDisposable
{
    /// <summary>What keys of unfinished uploads begin with.</summary>
    internal const string Arriving = "tmp/";

    private readonly ArrivingFolder _parts;
    private readonly TimeProvider _clock;

    /// <exception cref="StorageException">The settings do not lead to a bucket.</exception>
    public S3BlobStore(S3Options options, TimeProvider clock)
        : this(new S3Bucket(options), clock)
    {
    }

    internal S3BlobStore(S3Bucket bucket, TimeProvider clock)
    {
        (Bucket, _clock) = (bucket, clock);
        _parts = new ArrivingFolder(bucket.Options.PartsFolder, clock);
    }

    internal S3Bucket Bucket { get; }

    /// <summary>Writes, reads and removes a small object, so that a wrong setting is known at the start.</summary>
    /// <exception cref="StorageException">The bucket is missing, cannot be reached or refuses, as the message says.</exception>
    public async Task TryOut(CancellationToken ct)
    {
        var key = NewTemporaryKey();
        byte[] content = [1, 2, 3];
        await Bucket.Put(key, new MemoryStream(content), ct);
        var read = await Bucket.Get(key, ct);
        await Bucket.Delete(key, ct);
        if (read is null || !read.SequenceEqual(content) || await Bucket.SizeOf(key, ct) is not null)
        {
            throw new StorageException($"The bucket '{Bucket.Options.Bucket}' does not give back what was just put ('{Bucket.Options.Prefix}{key}'); it cannot hold blobs.", false, new InvalidDataException());
        }
    }

    public async Task<BlobInfo> Put(Stream content, CancellationToken ct)
    {
        using var hasher = new BlobHasher();
        await using var upload = new S3Upload(Bucket, _parts, NewTemporaryKey());
        var buffer = ArrayPool<byte>.Shared.Rent(BlobWriter.BufferBytes);
        try
        {
            while (true)
            {
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BlobWriter.BufferBytes), BlobWriter.BufferBytes, throwOnEndOfStream: false, ct);
                hasher.Append(buffer.AsSpan(0, read));
                if (read == BlobWriter.BufferBytes)
                {
                    await upload.Write(buffer.AsMemory(0, read), ct);
                    continue;
                }

                var small = hasher.SizeBytes == read;
                if (!small && read > 0) { await upload.Write(buffer.AsMemory(0, read), ct); }

                var (digest, chunks) = hasher.Finish();
                await PutList(digest, chunks, ct);
                if (small) { await Bucket.Put(KeyOf(digest), new MemoryStream(buffer, 0, read, writable: false), ct); }
                else { await upload.Finish(KeyOf(digest), ct); }

                return new BlobInfo(digest, chunks.SizeBytes);
            }
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    public async Task<BlobInfo?> Find(string digest, CancellationToken ct) => await Bucket.SizeOf(KeyOf(digest), ct) is { } size ? new BlobInfo(digest, size) : null;

    public async Task CopyTo(string digest, BlobRange? range, Stream destination, CancellationToken ct)
    {
        using var reader = await Reader(digest, range ?? new BlobRange(0, long.MaxValue / 2), ct);
        await reader.CopyTo(range, destination, ct);
    }

    public async Task<Stream> Open(string digest, CancellationToken ct) => new BlobStream(await Reader(digest, null, ct));

    public async Task Check(string digest, CancellationToken ct)
    {
        using var reader = await Reader(digest, new BlobRange(0, long.MaxValue / 2), ct);
        await reader.CheckWhole(ct);
    }

    public async Task<bool> Delete(string digest, CancellationToken ct)
    {
        var there = await Bucket.SizeOf(KeyOf(digest), ct) is not null;
        await Bucket.Delete(KeyOf(digest), ct);
        await Bucket.Delete(KeyOf(digest) + ".chunks", ct);
        return there;
    }

    public void Dispose() => Bucket.Dispose();

    internal static string KeyOf(string digest) => $"{BlobDigest.Checked(digest)[..2]}/{digest}";

    internal string NewTemporaryKey() => Arriving + Ids.New(_clock);

    // Before the blob: one without its list would be unreadable, a list without its blob is nothing.
    internal async Task PutList(string digest, BlobChunks chunks, CancellationToken ct)
    {
        if (chunks.SizeBytes > BlobChunks.ChunkBytes) { await Bucket.Put(KeyOf(digest) + ".chunks", new MemoryStream(chunks.ToBytes()), ct); }
    }

    private async Task<BlobReader> Reader(string digest, BlobRange? through, CancellationToken ct)
    {
        var key = KeyOf(digest);
        var size = await Bucket.SizeOf(key, ct) ?? throw new BlobMissingException(digest);
        var list = size > BlobChunks.ChunkBytes ? await Bucket.Get(key + ".chunks", ct) : null;
        return new BlobReader(digest, new S3Source(Bucket, key, size, through), list);
    }
}
