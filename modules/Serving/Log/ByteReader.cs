using System.Buffers.Binary;
using System.Text;

namespace Slipway.Serving.Log;

/// <summary>Reads what <see cref="ByteBuffer"/> wrote.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length) { throw new InvalidDataException($"{count} bytes were to be read where {_rest.Length} are left"); }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public UInt128 Wide() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public void Doubles(Span<double> to)
    {
        var from = Take(to.Length * 8);
        for (var i = 0; i < to.Length; i++) { to[i] = BinaryPrimitives.ReadDoubleLittleEndian(from[(i * 8)..]); }
    }

    public int Varint()
    {
        var value = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7f) << shift;
            if (next < 0x80) { return checked((int)value); }
        }

        throw new InvalidDataException("a number is longer than five bytes");
    }

    public string Text() => Encoding.UTF8.GetString(Take(Varint()));
}
