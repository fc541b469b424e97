using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Slipway.Tracking.Metrics;

/// <summary>
/// Points as bytes: three columns, each as differences. Steps and times as differences of differences (regular series become zeros), values as the
/// XOR with the previous value without its zero bytes: the idea of Gorilla (Pelkonen et al., VLDB 2015, section 4.1), on whole bytes so that it stays quick
/// and short. A plain series of 1,000 points takes about 3 to 10 bytes a point.
/// </summary>
/// <remarks>Layout: version 1, count, steps, times, values. Integers are LEB128; signed ones zigzag. Order is kept; any 64-bit value survives.</remarks>
internal static class PointCodec
{
    private const byte Version = 1;

    // A varint takes up to 10 bytes, a value up to 9; the head up to 11.
    private const int MostPerPoint = 29;

    public static byte[] Encode(ReadOnlySpan<MetricPoint> points)
    {
        var rented = ArrayPool<byte>.Shared.Rent(11 + (points.Length * MostPerPoint));
        var bytes = rented.AsSpan();
        bytes[0] = Version;
        var at = Varint.Write(bytes, 1, (ulong)points.Length);
        long last = 0, change = 0;
        foreach (var point in points) { at = WriteChange(bytes, at, point.Step, ref last, ref change); }

        last = change = 0;
        foreach (var point in points) { at = WriteChange(bytes, at, point.TimeMs, ref last, ref change); }

        ulong previous = 0;
        foreach (var point in points)
        {
            var bits = BitConverter.DoubleToUInt64Bits(point.Value);
            at = WriteXor(bytes, at, bits ^ previous);
            previous = bits;
        }

        var encoded = bytes[..at].ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return encoded;
    }

    /// <summary>Adds the points to <paramref name="into"/>.</summary>
    /// <exception cref="FormatException">The bytes were not written by <see cref="Encode"/>.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, List<MetricPoint> into)
    {
        if (bytes.Length < 2 || bytes[0] != Version) { throw Damaged("it does not begin with version 1"); }

        var at = 1;
        var counted = Varint.Read(bytes, ref at);
        // Every point takes at least three bytes, which bounds what a damaged count can ask for.
        if (counted > (ulong)bytes.Length / 3) { throw Damaged($"it claims {counted} points"); }

        var count = (int)counted;
        var longs = ArrayPool<long>.Shared.Rent(2 * count);
        var steps = longs.AsSpan(0, count);
        var times = longs.AsSpan(count, count);
        ReadChanges(bytes, ref at, steps);
        ReadChanges(bytes, ref at, times);
        ulong bits = 0;
        into.EnsureCapacity(into.Count + count);
        for (var i = 0; i < count; i++)
        {
            bits ^= ReadXor(bytes, ref at);
            into.Add(new MetricPoint(times[i], steps[i], BitConverter.UInt64BitsToDouble(bits)));
        }

        ArrayPool<long>.Shared.Return(longs);
        if (at != bytes.Length) { throw Damaged($"{bytes.Length - at} bytes are left over"); }
    }

    // Differences wrap around at the ends of the 64-bit range and unwrap when they are read.
    private static int WriteChange(Span<byte> bytes, int at, long value, ref long last, ref long change)
    {
        var now = unchecked(value - last);
        at = Varint.WriteSigned(bytes, at, unchecked(now - change));
        (last, change) = (value, now);
        return at;
    }

    private static void ReadChanges(ReadOnlySpan<byte> bytes, ref int at, Span<long> values)
    {
        long last = 0, change = 0;
        for (var i = 0; i < values.Length; i++)
        {
            change = unchecked(change + Varint.ReadSigned(bytes, ref at));
            values[i] = last = unchecked(last + change);
        }
    }

    /// <summary>One byte says how many low zero bytes were dropped (high half) and how many bytes follow (low half).</summary>
    private static int WriteXor(Span<byte> bytes, int at, ulong xor)
    {
        if (xor == 0)
        {
            bytes[at] = 0;
            return at + 1;
        }

        var low = BitOperations.TrailingZeroCount(xor) / 8;
        var size = 8 - low - (BitOperations.LeadingZeroCount(xor) / 8);
        bytes[at] = (byte)((low << 4) | size);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[(at + 1)..], xor >> (8 * low));
        return at + 1 + size;
    }

    private static ulong ReadXor(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length) { throw Damaged("it ends inside the values"); }

        var (low, size) = (bytes[at] >> 4, bytes[at] & 15);
        at++;
        if (low + size > 8 || at + size > bytes.Length) { throw Damaged("a value runs past its end"); }

        ulong value = 0;
        for (var i = size - 1; i >= 0; i--) { value = (value << 8) | bytes[at + i]; }

        at += size;
        return value << (8 * low & 63);
    }

    internal static FormatException Damaged(string what) => new($"A stored block of metric points is damaged: {what}.");
}
