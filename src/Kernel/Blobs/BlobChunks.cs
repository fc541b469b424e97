using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Slipway.Kernel;

/// <summary>
/// The size and the chunk digests of a blob of more than one chunk, kept in a file beside it: 8 bytes magic, 8 bytes size (big endian), 32 bytes per chunk,
/// 32 bytes SHA-256 of all that. A blob of one chunk needs none: its name is the digest of its chunk.
/// </summary>
/// <remarks>
/// A file and not rows: the store can be checked, copied and restored without a database, a terabyte does not become a million rows, and a
/// folder and a bucket keep it the same way. It sits in the same directory, so that one sync makes both names durable.
/// </remarks>
internal sealed record BlobChunks(long SizeBytes, byte[] Digests)
{
    public const int ChunkBytes = 1 << 20;
    private const int HeadBytes = 16;

    private static ReadOnlySpan<byte> Magic => "SLPCHNK1"u8;

    public ReadOnlySpan<byte> this[long chunk] => Digests.AsSpan(checked((int)chunk * SHA256.HashSizeInBytes), SHA256.HashSizeInBytes);

    public static long CountFor(long sizeBytes) => (sizeBytes + ChunkBytes - 1) / ChunkBytes;

    public byte[] ToBytes()
    {
        var bytes = new byte[HeadBytes + Digests.Length + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), SizeBytes);
        Digests.CopyTo(bytes, HeadBytes);
        SHA256.HashData(bytes.AsSpan(0, HeadBytes + Digests.Length), bytes.AsSpan(HeadBytes + Digests.Length));
        return bytes;
    }

    /// <summary>Null when the bytes are not what <see cref="ToBytes"/> made.</summary>
    public static BlobChunks? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic)) { return null; }

        var body = bytes[..^SHA256.HashSizeInBytes];
        var check = bytes[^SHA256.HashSizeInBytes..];
        var size = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        return SHA256.HashData(body).AsSpan().SequenceEqual(check) && size >= 0 && CountFor(size) * SHA256.HashSizeInBytes == body.Length - HeadBytes
            ? new BlobChunks(size, body[HeadBytes..].ToArray())
            : null;
    }
}
