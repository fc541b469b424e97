using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Slipway.DuckDb;

/// <summary>A growing buffer of one or more frames. Not for use by several threads.</summary>
internal sealed class PayloadWriter(int capacity = 256)
{
    private const int HeadBytes = 5;

    private byte[] _buffer = new byte[capacity];
    private int _frame = -1;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, Length);

    public void Clear() => (Length, _frame) = (0, -1);

    /// <summary>Begins a frame; <see cref="End"/> fills its length in.</summary>
    public PayloadWriter Begin(Frame kind)
    {
        _frame = Length;
        Int32(0);
        Byte((byte)kind);
        return this;
    }

    public PayloadWriter End()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_frame), Length - _frame - HeadBytes + 1);
        _frame = -1;
        return this;
    }

    /// <summary>Takes the frame that was begun back.</summary>
    public void Discard()
    {
        if (_frame < 0) { return; }

        (Length, _frame) = (_frame, -1);
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Int128(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Take(16), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    public void Cells<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).CopyTo(Take(checked(values.Length * Marshal.SizeOf<T>())));

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Int32(count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>Room for so many bytes, to be filled by the caller before anything else is written.</summary>
    /// <exception cref="DuckDbException">The frame would pass 1 GiB.</exception>
    public Span<byte> Take(int count)
    {
        var needed = (long)Length + count;
        if (needed > 1 << 30) { throw new DuckDbException(DuckDbErrorKind.Value, "2,048 rows of the result, or one call's parameters, are larger than 1 GiB; select fewer or shorter columns."); }

        if (needed > _buffer.Length) { Array.Resize(ref _buffer, (int)Math.Max(needed, Math.Min(2L * _buffer.Length, 1 << 30))); }

        var room = _buffer.AsSpan(Length, count);
        Length += count;
        return room;
    }

    /// <summary>What was written at a place, such as offsets that are filled in later.</summary>
    public Span<byte> At(int position, int count) => _buffer.AsSpan(position, count);
}
