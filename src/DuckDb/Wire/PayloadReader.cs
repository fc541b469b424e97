using System.Buffers.Binary;
using System.Text;

namespace Slipway.DuckDb;

/// <summary>Reads a payload from front to back.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _payload = payload;

    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public Int128 Int128() => BinaryPrimitives.ReadInt128LittleEndian(Take(16));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public string Text() => Encoding.UTF8.GetString(Take(Int32()));

    /// <exception cref="InvalidDataException">The payload ends before: the two sides do not speak the same protocol.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_payload.Length - Position)) { throw new InvalidDataException($"a frame of {_payload.Length} bytes ends {count} bytes too early"); }

        var part = _payload.Slice(Position, count);
        Position += count;
        return part;
    }
}
