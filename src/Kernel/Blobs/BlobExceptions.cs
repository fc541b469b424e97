namespace Slipway.Kernel;

/// <summary>A blob that the records name is not in the store.</summary>
public sealed class BlobMissingException(string digest)
    : Exception($"Blob {digest} is missing from the store; put the same content again, or restore it from a backup.")
{
    public string Digest { get; } = digest;
}

/// <summary>What the disk gives back is not what was put; none of the bad bytes were given out.</summary>
/// <param name="chunk">Number of the 1 MiB chunk from 0; null when it is the size or the list of chunk digests that is wrong.</param>
public sealed class BlobCorruptException(string digest, long? chunk, string what)
    : Exception($"Blob {digest} is corrupt{(chunk is null ? "" : $" in chunk {chunk} (bytes from {chunk * BlobChunks.ChunkBytes})")}: {what}. Put the same content again, or restore it from a backup.")
{
    public string Digest { get; } = digest;

    public long? Chunk { get; } = chunk;
}
