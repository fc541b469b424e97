namespace Slipway.Tracking.Metrics;

/// <summary>LEB128: seven bits a byte, lowest first, the top bit says that more follow; signed numbers zigzag (0, -1, 1, -2, …), as in Protocol Buffers' encoding.</summary>
internal static class Varint
{
    /// <returns>The position after it.</returns>
    public static int Write(Span<byte> bytes, int at, ulong value)
    {
        while (value >= 0x80)
        {
            bytes[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[at++] = (byte)value;
        return at;
    }

    public static int WriteSigned(Span<byte> bytes, int at, long value) => Write(bytes, at, (ulong)((value << 1) ^ (value >> 63)));

    /// <exception cref="FormatException">The bytes end inside it, or it is longer than 64 bits.</exception>
    public static ulong Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= bytes.Length) { break; }

            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) { return value; }
        }

        throw PointCodec.Damaged("a number has no end");
    }

    public static long ReadSigned(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = Read(bytes, ref at);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
