using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Slipway.DuckDb;

/// <summary>
/// The values of one column in a payload: 1 byte whether there are nulls and then a bit per row (1 = a value, least significant first); then fixed-size values, or for text, bytes and
/// lists rows + 1 int32 offsets followed by the bytes or by the block of the elements.
/// </summary>
internal sealed class ColumnBlock
{
    private readonly byte[] _payload;
    private readonly int _valid;
    private readonly int _data;
    private readonly int _bytes;

    private ColumnBlock(byte[] payload, DuckDbType type, int rows, int valid, int data, int bytes, ColumnBlock? elements) =>
        (_payload, Type, Rows, _valid, _data, _bytes, Elements) = (payload, type, rows, valid, data, bytes, elements);

    public DuckDbType Type { get; }

    public int Rows { get; }

    public ColumnBlock? Elements { get; }

    public bool HasNulls => _valid >= 0;

    public static ColumnBlock Read(ref PayloadReader reader, byte[] payload, DuckDbType type, int rows)
    {
        var valid = -1;
        if (reader.Byte() != 0)
        {
            valid = reader.Position;
            reader.Take((rows + 7) / 8);
        }

        var data = reader.Position;
        if (type.SizeBytes > 0)
        {
            reader.Take(checked(rows * type.SizeBytes));
            return new ColumnBlock(payload, type, rows, valid, data, 0, null);
        }

        var last = BinaryPrimitives.ReadInt32LittleEndian(reader.Take(checked((rows + 1) * 4))[^4..]);
        var bytes = reader.Position;
        if (type.Element is { } element) { return new ColumnBlock(payload, type, rows, valid, data, bytes, Read(ref reader, payload, element, last)); }

        reader.Take(last);
        return new ColumnBlock(payload, type, rows, valid, data, bytes, null);
    }

    public bool IsNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return _valid >= 0 && (_payload[_valid + (row >> 3)] >> (row & 7) & 1) == 0;
    }

    /// <summary>The validity bits, or nothing when there are no nulls.</summary>
    public ReadOnlySpan<byte> Valid => _valid < 0 ? [] : _payload.AsSpan(_valid, (Rows + 7) / 8);

    public ReadOnlySpan<T> Cells<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_payload.AsSpan(_data, Rows * Type.SizeBytes));

    public ReadOnlySpan<byte> Raw => _payload.AsSpan(_data, Rows * Type.SizeBytes);

    /// <summary>Begin and end of a row of text, bytes or a list.</summary>
    public (int From, int To) Range(int row) => (Offset(row), Offset(row + 1));

    public ReadOnlySpan<byte> Bytes(int row) => _payload.AsSpan(_bytes + Offset(row), Offset(row + 1) - Offset(row));

    private int Offset(int row) => BinaryPrimitives.ReadInt32LittleEndian(_payload.AsSpan(_data + (row * 4)));
}
