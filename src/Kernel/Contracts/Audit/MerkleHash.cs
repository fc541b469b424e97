using System.Security.Cryptography;

namespace Slipway.Kernel.Contracts;

/// <summary>The two hashes of RFC 9162 section 2.1.1, SHA-256; the leading byte keeps a node from passing as a leaf.</summary>
public static class MerkleHash
{
    /// <summary>Bytes of every hash.</summary>
    public const int Size = 32;

    /// <summary>The root of the tree without entries: SHA-256 of nothing.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> small = stackalloc byte[1024];
        var input = entry.Length < small.Length ? small[..(entry.Length + 1)] : new byte[entry.Length + 1];
        input[0] = 0;
        entry.CopyTo(input[1..]);
        return SHA256.HashData(input);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Size)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Size)..]);
        return SHA256.HashData(input);
    }
}
