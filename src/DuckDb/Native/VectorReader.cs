using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Slipway.DuckDb;

/// <summary>Vectors of one column's type as blocks of the protocol (<see cref="ColumnBlock"/>).</summary>
internal sealed unsafe class VectorReader
{
    private const int EnumType = 23, ListType = 24, ArrayType = 33, NullType = 36;

    // DUCKDB_TYPE of what has no counterpart here, for the message.
    private static readonly Dictionary<int, string> Names = new()
    {
        [15] = "INTERVAL", [25] = "STRUCT", [26] = "MAP", [28] = "UNION", [29] = "BIT", [30] = "TIME WITH TIME ZONE", [35] = "BIGNUM", [39] = "TIME_NS", [40] = "GEOMETRY", [41] = "VARIANT",
    };

    private readonly byte[][]? _dictionary;
    private readonly int _arraySize;
    private readonly VectorReader? _element;

    /// <param name="type">Borrowed.</param>
    /// <param name="column">For the message.</param>
    /// <exception cref="DuckDbException">The protocol does not carry the type.</exception>
    public VectorReader(LogicalType type, string column)
    {
        var id = type.Id;
        if (id is ListType or ArrayType)
        {
            _arraySize = id == ArrayType ? checked((int)Api.duckdb_array_type_array_size(type.Handle)) : 0;
            using var element = new LogicalType(id == ArrayType ? Api.duckdb_array_type_child_type(type.Handle) : Api.duckdb_list_type_child_type(type.Handle));
            _element = new VectorReader(element, column);
            Type = new DuckDbType(DuckDbKind.List, Element: _element.Type);
            return;
        }

        if (id == EnumType) { _dictionary = Dictionary(type); }

        Type = id switch
        {
            EnumType => new DuckDbType(DuckDbKind.Varchar),
            // A column of nothing but NULL has the layout of INTEGER.
            NullType => new DuckDbType(DuckDbKind.Integer),
            (int)DuckDbKind.Decimal => new DuckDbType(DuckDbKind.Decimal, Api.duckdb_decimal_width(type.Handle), Api.duckdb_decimal_scale(type.Handle)),
            <= byte.MaxValue when Enum.IsDefined((DuckDbKind)id) => new DuckDbType((DuckDbKind)id),
            _ => throw new DuckDbException(DuckDbErrorKind.Value, $"column {column} has the type {Names.GetValueOrDefault(id, $"number {id}")}, which a result cannot carry; cast it to VARCHAR"),
        };
    }

    public DuckDbType Type { get; }

    /// <summary>Writes a block.</summary>
    /// <param name="writer">Gets the block.</param>
    /// <param name="vector">Flat.</param>
    /// <param name="rows">Which rows in which order; null for the first so many.</param>
    /// <param name="count">How many.</param>
    public void Write(PayloadWriter writer, nint vector, int[]? rows, int count)
    {
        var data = Api.duckdb_vector_get_data(vector);
        var valid = Api.duckdb_vector_get_validity(vector);
        Validity(writer, valid, rows, count);
        if (_element is not null) { Lists(writer, vector, (Api.ListEntry*)data, valid, rows, count); }
        else if (_dictionary is not null) { Strings(writer, rows, count, row => Valid(valid, row) ? _dictionary[Code(data, row)] : []); }
        else if (Type.SizeBytes == 0) { Strings(writer, (StringCell*)data, valid, rows, count); }
        else if (rows is null) { writer.Bytes(new ReadOnlySpan<byte>(data, checked(count * Type.SizeBytes))); }
        else
        {
            var size = Type.SizeBytes;
            var cells = writer.Take(checked(count * size));
            for (var i = 0; i < count; i++) { new ReadOnlySpan<byte>(data + ((long)rows[i] * size), size).CopyTo(cells[(i * size)..]); }
        }
    }

    private static bool Valid(ulong* valid, int row) => valid is null || (valid[row >> 6] >> (row & 63) & 1) != 0;

    private static void Validity(PayloadWriter writer, ulong* valid, int[]? rows, int count)
    {
        writer.Byte(valid is null ? (byte)0 : (byte)1);
        if (valid is null) { return; }

        var bits = writer.Take((count + 7) / 8);
        if (rows is null)
        {
            new ReadOnlySpan<byte>(valid, bits.Length).CopyTo(bits);
            return;
        }

        bits.Clear();
        for (var i = 0; i < count; i++)
        {
            if (Valid(valid, rows[i])) { bits[i >> 3] |= (byte)(1 << (i & 7)); }
        }
    }

    private static void Strings(PayloadWriter writer, StringCell* cells, ulong* valid, int[]? rows, int count)
    {
        var start = writer.Length;
        writer.Take((count + 1) * 4).Clear();
        var total = 0;
        for (var i = 0; i < count; i++)
        {
            var row = rows?[i] ?? i;
            if (Valid(valid, row))
            {
                var text = cells[row].Bytes(cells + row);
                writer.Bytes(text);
                total = checked(total + text.Length);
            }

            BinaryPrimitives.WriteInt32LittleEndian(writer.At(start + ((i + 1) * 4), 4), total);
        }
    }

    private static void Strings(PayloadWriter writer, int[]? rows, int count, Func<int, byte[]> text)
    {
        var start = writer.Length;
        writer.Take((count + 1) * 4).Clear();
        var total = 0;
        for (var i = 0; i < count; i++)
        {
            var bytes = text(rows?[i] ?? i);
            writer.Bytes(bytes);
            total = checked(total + bytes.Length);
            BinaryPrimitives.WriteInt32LittleEndian(writer.At(start + ((i + 1) * 4), 4), total);
        }
    }

    // Elements are written in the order of the rows, whatever their order in the vector of elements is.
    private void Lists(PayloadWriter writer, nint vector, Api.ListEntry* entries, ulong* valid, int[]? rows, int count)
    {
        var offsets = writer.Length;
        writer.Take((count + 1) * 4).Clear();
        var elements = new List<int>();
        for (var i = 0; i < count; i++)
        {
            var row = rows?[i] ?? i;
            if (Valid(valid, row))
            {
                var (from, length) = _arraySize > 0 ? (checked(row * _arraySize), _arraySize) : (checked((int)entries[row].Offset), checked((int)entries[row].Length));
                for (var at = from; at < from + length; at++) { elements.Add(at); }
            }

            BinaryPrimitives.WriteInt32LittleEndian(writer.At(offsets + ((i + 1) * 4), 4), elements.Count);
        }

        var child = _arraySize > 0 ? Api.duckdb_array_vector_get_child(vector) : Api.duckdb_list_vector_get_child(vector);
        _element!.Write(writer, child, [.. elements], elements.Count);
    }

    // The dictionary's size decides whether codes have 1, 2 or 4 bytes.
    private uint Code(byte* data, int row) => _dictionary!.Length switch
    {
        <= 256 => data[row],
        <= 65536 => ((ushort*)data)[row],
        _ => ((uint*)data)[row],
    };

    private static byte[][] Dictionary(LogicalType type)
    {
        var words = new byte[Api.duckdb_enum_dictionary_size(type.Handle)][];
        for (var i = 0; i < words.Length; i++) { words[i] = Encoding.UTF8.GetBytes(Text.Owned(Api.duckdb_enum_dictionary_value(type.Handle, (ulong)i))); }

        return words;
    }

    /// <summary><c>duckdb_string_t</c>: up to 12 bytes inside, otherwise 4 of them and a pointer.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private struct StringCell
    {
        [FieldOffset(0)]
        private readonly uint _length;

        [FieldOffset(8)]
        private readonly nint _pointer;

        public readonly ReadOnlySpan<byte> Bytes(StringCell* self) => new(_length <= 12 ? (byte*)self + 4 : (byte*)_pointer, checked((int)_length));
    }
}
