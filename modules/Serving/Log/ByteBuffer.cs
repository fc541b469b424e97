using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Slipway.Serving.Log;

/// <summary>Bytes that are being put together, little-endian; kept for the next use.</summary>
internal sealed class ByteBuffer
{
    // A large one is not kept.
    private const int KeepBytes = 1 << 20;
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeepBytes) { _bytes = new byte[4096]; }
    }

    public Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count) { Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(Length + count))); }

        var taken = _bytes.AsSpan(Length, count);
        Length += count;
        return taken;
    }

    /// <summary>Bytes that were written before, to be filled in.</summary>
    public Span<byte> At(int start, int count) => _bytes.AsSpan(start, count);

    public void Byte(byte value) => Take(1)[0] = value;

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Wide(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    public void Doubles(ReadOnlySpan<double> values)
    {
        var to = Take(values.Length * 8);
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(to);
            return;
        }

        for (var i = 0; i < values.Length; i++) { BinaryPrimitives.WriteDoubleLittleEndian(to[(i * 8)..], values[i]); }
    }

    /// <summary>Seven bits a byte, the lowest first; not negative.</summary>
    public void Varint(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) { Byte((byte)(rest | 0x80)); }

        Byte((byte)rest);
    }

    /// <summary>Length and UTF-8.</summary>
    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Varint(bytes);
        Encoding.UTF8.GetBytes(value, Take(bytes));
    }

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));
}
