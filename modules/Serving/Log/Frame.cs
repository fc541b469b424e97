using System.Buffers.Binary;
using System.Numerics;

namespace Slipway.Serving.Log;

internal enum FrameKind : byte
{
    /// <summary>What a deployment is and which fields it takes; before the first group that names it.</summary>
    Deployment = 1,

    /// <summary>Rows that became durable together, and how far positions may have been handed out.</summary>
    Group = 2,
}

/// <summary>
/// The unit that is written whole or not at all: the segment's key (8 bytes), length of the payload (4), CRC32C of length and payload (4), payload (the first byte is its kind). The key is random, so
/// that no value sent by a client can pass for a frame when bytes before it are damaged.
/// </summary>
internal static class Frame
{
    public const int HeadBytes = 16;

    // Of a payload: far above what is ever written.
    private const int MaxBytes = 1 << 28;

    /// <returns>What <see cref="End"/> wants.</returns>
    public static int Begin(ByteBuffer to, FrameKind kind)
    {
        var start = to.Length;
        to.Take(HeadBytes);
        to.Byte((byte)kind);
        return start;
    }

    public static void End(ByteBuffer to, int start, ulong key)
    {
        var length = to.Length - start - HeadBytes;
        var head = to.At(start, HeadBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(head, key);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], Checksum(key, length, to.At(start + HeadBytes, length)));
    }

    /// <summary>The frame at the start of the bytes; false when no whole and sound one is there.</summary>
    /// <param name="payload">Without its kind.</param>
    /// <param name="length">Bytes of the frame with its head.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ulong key, out FrameKind kind, out ReadOnlySpan<byte> payload, out int length)
    {
        kind = default;
        payload = default;
        length = 0;
        if (bytes.Length < HeadBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != key) { return false; }

        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (size is < 1 or > MaxBytes || size > bytes.Length - HeadBytes) { return false; }

        var whole = bytes.Slice(HeadBytes, size);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != Checksum(key, size, whole)) { return false; }

        kind = (FrameKind)whole[0];
        payload = whole[1..];
        length = HeadBytes + size;
        return true;
    }

    /// <summary>Where the next sound frame begins, or -1.</summary>
    public static int Find(ReadOnlySpan<byte> bytes, int from, ulong key)
    {
        Span<byte> mark = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(mark, key);
        for (var at = from; at < bytes.Length; at++)
        {
            var next = bytes[at..].IndexOf(mark);
            if (next < 0) { return -1; }

            at += next;
            if (TryRead(bytes[at..], key, out _, out _, out _)) { return at; }
        }

        return -1;
    }

    // CRC32C (Castagnoli, RFC 3720 appendix B.4), which processors compute themselves.
    private static uint Checksum(ulong key, int length, ReadOnlySpan<byte> bytes)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, key), (uint)length);
        for (; bytes.Length >= 8; bytes = bytes[8..]) { crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes)); }

        foreach (var one in bytes) { crc = BitOperations.Crc32C(crc, one); }

        return ~crc;
    }
}
