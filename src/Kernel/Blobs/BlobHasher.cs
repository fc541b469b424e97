using System.Security.Cryptography;

namespace Slipway.Kernel;

/// <summary>Takes the digest of the whole and of each chunk of a content that arrives in pieces of any size. One thread at a time.</summary>
internal sealed class BlobHasher : IDisposable
{
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _digests = new();

    public long SizeBytes { get; private set; }

    /// <summary>Of the rest of a stream.</summary>
    public static async Task<(string Digest, BlobChunks Chunks)> Of(Stream content, CancellationToken ct)
    {
        using var hasher = new BlobHasher();
        var buffer = new byte[BlobWriter.BufferBytes];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;) { hasher.Append(buffer.AsSpan(0, read)); }

        return hasher.Finish();
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var piece = bytes[..(int)Math.Min(bytes.Length, BlobChunks.ChunkBytes - (SizeBytes % BlobChunks.ChunkBytes))];
            _whole.AppendData(piece);

            // The digest of the first chunk is that of the whole so far: a blob of one chunk is hashed once.
            if (SizeBytes >= BlobChunks.ChunkBytes) { _chunk.AppendData(piece); }

            SizeBytes += piece.Length;
            if (SizeBytes % BlobChunks.ChunkBytes == 0) { EndChunk(); }

            bytes = bytes[piece.Length..];
        }
    }

    /// <summary>After the last byte; nothing may be appended any more.</summary>
    public (string Digest, BlobChunks Chunks) Finish()
    {
        if (SizeBytes % BlobChunks.ChunkBytes != 0) { EndChunk(); }

        return (Convert.ToHexStringLower(_whole.GetCurrentHash()), new BlobChunks(SizeBytes, _digests.ToArray()));
    }

    public void Dispose()
    {
        _whole.Dispose();
        _chunk.Dispose();
        _digests.Dispose();
    }

    private void EndChunk() => _digests.Write(SizeBytes <= BlobChunks.ChunkBytes ? _whole.GetCurrentHash() : _chunk.GetHashAndReset());
}
