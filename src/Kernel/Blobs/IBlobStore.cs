namespace Slipway.Kernel;

/// <summary>
/// Content by its SHA-256. What is put stays byte for byte the same or is reported: every chunk is checked before a byte of it is given out.
/// Names, types and owners of blobs are rows of the modules. Thread safe.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores the rest of <paramref name="content"/>; when it returns, the bytes have reached the disk or the bucket. The same content again costs no space.</summary>
    /// <exception cref="StorageException">The store failed or is full; nothing is kept. What <paramref name="content"/> throws passes as it is.</exception>
    Task<BlobInfo> Put(Stream content, CancellationToken ct);

    /// <summary>Null when there is no such blob. Looks at the size only, not at the content.</summary>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is not 64 lower-case hex digits.</exception>
    /// <exception cref="StorageException">The store does not answer.</exception>
    Task<BlobInfo?> Find(string digest, CancellationToken ct);

    /// <summary>Writes the blob, or the part of it that <paramref name="range"/> says, in pieces of at most 1 MiB, each checked before it is written.</summary>
    /// <exception cref="BlobMissingException">There is no such blob.</exception>
    /// <exception cref="BlobCorruptException">A chunk is not what was put; nothing of it was written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the blob.</exception>
    Task CopyTo(string digest, BlobRange? range, Stream destination, CancellationToken ct);

    /// <summary>A seekable stream to read from, checked as by <see cref="CopyTo"/>; for one thread at a time.</summary>
    /// <exception cref="BlobMissingException">There is no such blob.</exception>
    /// <exception cref="BlobCorruptException">Also from reading.</exception>
    Task<Stream> Open(string digest, CancellationToken ct);

    /// <summary>Reads the whole blob and compares it with its name.</summary>
    /// <exception cref="BlobMissingException">There is no such blob.</exception>
    /// <exception cref="BlobCorruptException">It is not what was put.</exception>
    Task Check(string digest, CancellationToken ct);

    /// <summary>Removes the blob; the caller knows that nothing refers to it. True when it was there.</summary>
    Task<bool> Delete(string digest, CancellationToken ct);
}

/// <summary>A stored blob.</summary>
/// <param name="Digest">SHA-256 of the whole, 64 lower-case hex digits.</param>
public sealed record BlobInfo(string Digest, long SizeBytes);

/// <summary>A part of a blob.</summary>
/// <param name="Offset">First byte, from 0.</param>
/// <param name="Length">Number of bytes; offset + length must not pass the end.</param>
public readonly record struct BlobRange(long Offset, long Length);
