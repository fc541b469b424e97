using System.Buffers;
using Amazon.S3.Model;

namespace Slipway.Kernel;

/// <summary>
/// Uploads are in parts: once they are put together the signed addresses lead nowhere, so that nobody can exchange the content between the moment it was hashed and the
/// moment it got its name.
/// </summary>
internal sealed class S3DirectBlobs(S3BlobStore store, bool downloads) : IDirectBlobs
{
    private const int ReadBytes = BlobChunks.ChunkBytes;

    public bool Downloads => downloads;

    public async Task<DirectUpload> Begin(int parts, TimeSpan valid, CancellationToken ct)
    {
        var key = store.NewTemporaryKey();
        var id = await store.Bucket.Begin(key, ct);
        var addresses = new Uri[parts];
        for (var i = 0; i < parts; i++) { addresses[i] = await store.Bucket.SignPart(key, id, i + 1, valid); }

        return new DirectUpload(key, id, addresses);
    }

    public async Task<Result<BlobInfo>> Complete(DirectUpload upload, IReadOnlyList<(int Number, string ETag)> parts, long maxBytes, CancellationToken ct)
    {
        var bucket = store.Bucket;
        if (await bucket.SizeOf(upload.Key, ct) is not { } size)
        {
            List<PartETag> given = [.. parts.OrderBy(part => part.Number).Select(part => new PartETag(part.Number, part.ETag))];
            if (await bucket.TryComplete(upload.Key, upload.Id, given, ct) is { } refused) { return Problem.Invalid("parts", $"The store does not put these {given.Count} parts together: {refused}"); }

            size = await bucket.SizeOf(upload.Key, ct) ?? throw new StorageException($"The bucket '{bucket.Options.Bucket}' has lost '{bucket.Options.Prefix}{upload.Key}' that it has just put together.", false, new InvalidDataException());
        }

        if (size > maxBytes)
        {
            await bucket.TryDelete(upload.Key);
            return new Problem(413, "too_large", $"The upload has {size} bytes; at most {maxBytes} are kept.");
        }

        var (digest, chunks) = await Hash(upload.Key, size, ct);
        await store.PutList(digest, chunks, ct);
        await bucket.Copy(upload.Key, S3BlobStore.KeyOf(digest), size, ct);
        return new BlobInfo(digest, size);
    }

    public async Task Forget(DirectUpload upload)
    {
        await store.Bucket.TryAbort(upload.Key, upload.Id);
        await store.Bucket.TryDelete(upload.Key);
    }

    public Task<Uri> Download(string digest, string fileName, TimeSpan valid) => store.Bucket.SignGet(S3BlobStore.KeyOf(digest), fileName, valid);

    private async Task<(string Digest, BlobChunks Chunks)> Hash(string key, long size, CancellationToken ct)
    {
        using var hasher = new BlobHasher();
        using var source = new S3Source(store.Bucket, key, size, new BlobRange(0, size));
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            while (hasher.SizeBytes < size)
            {
                var read = await source.Read(buffer.AsMemory(0, (int)Math.Min(ReadBytes, size - hasher.SizeBytes)), hasher.SizeBytes, ct);
                if (read == 0) { throw new StorageException($"The bucket '{store.Bucket.Options.Bucket}' has lost '{store.Bucket.Options.Prefix}{key}' while it was read.", false, new EndOfStreamException()); }

                hasher.Append(buffer.AsSpan(0, read));
            }

            return hasher.Finish();
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }
}
