using System.Buffers.Binary;
using System.Text;

namespace Slipway.DuckDb;

/// <summary>An array of .NET as a block, for parameters (one row) and for appending.</summary>
internal static class ColumnWriter
{
    /// <summary>The type of the values: by the array's element type, or by the first value of an object[]. Null when every value is null and the type says nothing.</summary>
    /// <exception cref="DuckDbException">DuckDB has no such type here.</exception>
    public static DuckDbType? TypeOf(Array values)
    {
        var element = values.GetType().GetElementType()!;
        if (element == typeof(object))
        {
            if (values.Cast<object?>().FirstOrDefault(value => value is not (null or DBNull)) is not { } first) { return null; }

            element = first.GetType();
        }

        var type = Clr.Of(element)
            ?? throw new DuckDbException(DuckDbErrorKind.Value, $"a value of .NET's type {element.Name} cannot be given to DuckDB; use a number, bool, string, byte[], date, time, Guid or an array of these");
        return Scaled(type, values);
    }

    /// <param name="writer">Gets the block.</param>
    /// <param name="type">Of the values, as <see cref="TypeOf"/> gives it.</param>
    /// <param name="values">One per row.</param>
    /// <param name="from">First row.</param>
    /// <param name="count">Number of rows.</param>
    public static void Write(PayloadWriter writer, DuckDbType type, Array values, int from, int count)
    {
        Validity(writer, values, from, count);
        if (type.SizeBytes == 0)
        {
            Variable(writer, type, values, from, count);
            return;
        }

        switch (values)
        {
            case double[] cells: writer.Cells<double>(cells.AsSpan(from, count)); return;
            case float[] cells: writer.Cells<float>(cells.AsSpan(from, count)); return;
            case long[] cells when type.Kind == DuckDbKind.BigInt: writer.Cells<long>(cells.AsSpan(from, count)); return;
            case int[] cells when type.Kind == DuckDbKind.Integer: writer.Cells<int>(cells.AsSpan(from, count)); return;
        }

        for (var row = from; row < from + count; row++) { Fixed(writer.Take(type.SizeBytes), type, values.GetValue(row)); }
    }

    private static void Validity(PayloadWriter writer, Array values, int from, int count)
    {
        var element = values.GetType().GetElementType()!;
        var nulls = (!element.IsValueType || Nullable.GetUnderlyingType(element) is not null)
            && Enumerable.Range(from, count).Any(row => values.GetValue(row) is null or DBNull);
        writer.Byte(nulls ? (byte)1 : (byte)0);
        if (!nulls) { return; }

        var bits = writer.Take((count + 7) / 8);
        bits.Clear();
        for (var row = 0; row < count; row++)
        {
            if (values.GetValue(from + row) is not (null or DBNull)) { bits[row >> 3] |= (byte)(1 << (row & 7)); }
        }
    }

    private static void Fixed(Span<byte> cell, DuckDbType type, object? value)
    {
        cell.Clear();
        switch (value)
        {
            case null or DBNull: break;
            case bool or sbyte or byte: cell[0] = value switch { bool yes => yes ? (byte)1 : (byte)0, sbyte tiny => unchecked((byte)tiny), _ => (byte)value }; break;
            case short or ushort: BinaryPrimitives.WriteInt16LittleEndian(cell, value is short small ? small : unchecked((short)(ushort)value)); break;
            case int or uint: BinaryPrimitives.WriteInt32LittleEndian(cell, value is int whole ? whole : unchecked((int)(uint)value)); break;
            case long or ulong: BinaryPrimitives.WriteInt64LittleEndian(cell, value is long big ? big : unchecked((long)(ulong)value)); break;
            case Int128 huge: BinaryPrimitives.WriteInt128LittleEndian(cell, huge); break;
            case UInt128 huge: BinaryPrimitives.WriteUInt128LittleEndian(cell, huge); break;
            case float single: BinaryPrimitives.WriteSingleLittleEndian(cell, single); break;
            case double number: BinaryPrimitives.WriteDoubleLittleEndian(cell, number); break;
            case decimal exact: BinaryPrimitives.WriteInt128LittleEndian(cell, Decimals.At(exact, type.Scale)); break;
            case DateOnly date: BinaryPrimitives.WriteInt32LittleEndian(cell, date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber); break;
            case TimeOnly time: BinaryPrimitives.WriteInt64LittleEndian(cell, time.Ticks / TimeSpan.TicksPerMicrosecond); break;
            case DateTime time: BinaryPrimitives.WriteInt64LittleEndian(cell, Micros(time)); break;
            case DateTimeOffset time: BinaryPrimitives.WriteInt64LittleEndian(cell, Micros(time.UtcDateTime)); break;
            case Guid id:
                id.TryWriteBytes(cell, bigEndian: true, out _);
                cell[0] ^= 0x80;
                cell.Reverse();
                break;
            default: throw new DuckDbException(DuckDbErrorKind.Value, $"a {value.GetType().Name} stands among values of {type}");
        }
    }

    private static long Micros(DateTime time) => (long)Math.Floor((time.Ticks - DateTime.UnixEpoch.Ticks) / (decimal)TimeSpan.TicksPerMicrosecond);

    private static void Variable(PayloadWriter writer, DuckDbType type, Array values, int from, int count)
    {
        var start = writer.Length;
        writer.Take((count + 1) * 4).Clear();
        var total = 0;
        var elements = new List<object?>();
        for (var row = 0; row < count; row++)
        {
            total = checked(total + values.GetValue(from + row) switch
            {
                null or DBNull => 0,
                string text when type.Kind == DuckDbKind.Varchar => Text(writer, text),
                byte[] bytes when type.Kind == DuckDbKind.Blob => Bytes(writer, bytes),
                Array list when type.Kind == DuckDbKind.List => Add(elements, list),
                var value => throw new DuckDbException(DuckDbErrorKind.Value, $"a {value.GetType().Name} stands among values of {type}"),
            });
            BinaryPrimitives.WriteInt32LittleEndian(writer.At(start + ((row + 1) * 4), 4), total);
        }

        if (type.Element is { } element) { Write(writer, element, elements.ToArray(), 0, elements.Count); }
    }

    private static int Text(PayloadWriter writer, string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, writer.Take(count));
        return count;
    }

    private static int Bytes(PayloadWriter writer, byte[] bytes)
    {
        writer.Bytes(bytes);
        return bytes.Length;
    }

    private static int Add(List<object?> elements, Array list)
    {
        foreach (var value in list) { elements.Add(value); }

        return list.Length;
    }

    // Decimals get the largest scale among them.
    private static DuckDbType Scaled(DuckDbType type, Array values) => type switch
    {
        { Kind: DuckDbKind.Decimal } => type with { Scale = values.Cast<object?>().Select(value => value is decimal exact ? exact.Scale : (byte)0).DefaultIfEmpty().Max() },
        { Element: { } element } => type with { Element = Scaled(element, values.Cast<object?>().OfType<Array>().SelectMany(list => list.Cast<object?>()).ToArray()) },
        _ => type,
    };
}
