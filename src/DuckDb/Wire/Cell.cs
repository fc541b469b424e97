using System.Text;

namespace Slipway.DuckDb;

/// <summary>One value of a block as .NET's type.</summary>
internal static class Cell
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    public static object? Value(ColumnBlock block, int row, string column)
    {
        if (block.IsNull(row)) { return null; }

        return block.Type.Kind switch
        {
            DuckDbKind.Boolean => block.Cells<byte>()[row] != 0,
            DuckDbKind.TinyInt => block.Cells<sbyte>()[row],
            DuckDbKind.SmallInt => block.Cells<short>()[row],
            DuckDbKind.Integer => block.Cells<int>()[row],
            DuckDbKind.BigInt => block.Cells<long>()[row],
            DuckDbKind.UTinyInt => block.Cells<byte>()[row],
            DuckDbKind.USmallInt => block.Cells<ushort>()[row],
            DuckDbKind.UInteger => block.Cells<uint>()[row],
            DuckDbKind.UBigInt => block.Cells<ulong>()[row],
            DuckDbKind.HugeInt => block.Cells<Int128>()[row],
            DuckDbKind.UHugeInt => block.Cells<UInt128>()[row],
            DuckDbKind.Float => block.Cells<float>()[row],
            DuckDbKind.Double => block.Cells<double>()[row],
            DuckDbKind.Decimal => Decimals.From(Mantissa(block, row), block.Type.Scale, column),
            DuckDbKind.Varchar => Encoding.UTF8.GetString(block.Bytes(row)),
            DuckDbKind.Blob => block.Bytes(row).ToArray(),
            DuckDbKind.Date => Date(block.Cells<int>()[row], column),
            DuckDbKind.Time => new TimeOnly(block.Cells<long>()[row] * TimeSpan.TicksPerMicrosecond),
            DuckDbKind.Timestamp => Time(block.Cells<long>()[row], TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified, column),
            DuckDbKind.TimestampZoned => Time(block.Cells<long>()[row], TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc, column),
            DuckDbKind.TimestampSeconds => Time(block.Cells<long>()[row], TimeSpan.TicksPerSecond, DateTimeKind.Unspecified, column),
            DuckDbKind.TimestampMillis => Time(block.Cells<long>()[row], TimeSpan.TicksPerMillisecond, DateTimeKind.Unspecified, column),
            DuckDbKind.TimestampNanos => Time(Floor(block.Cells<long>()[row], 100), 1, DateTimeKind.Unspecified, column),
            DuckDbKind.Uuid => Uuid(block.Cells<UInt128>()[row]),
            DuckDbKind.List => List(block, row, column),
            var kind => throw new InvalidDataException($"{kind} is no type of the protocol"),
        };
    }

    /// <summary>A number or boolean as double; null for other types.</summary>
    public static double? Number(ColumnBlock block, int row) => block.Type.Kind switch
    {
        DuckDbKind.Float => block.Cells<float>()[row],
        DuckDbKind.Double => block.Cells<double>()[row],
        DuckDbKind.UBigInt => block.Cells<ulong>()[row],
        DuckDbKind.HugeInt => (double)block.Cells<Int128>()[row],
        DuckDbKind.UHugeInt => (double)block.Cells<UInt128>()[row],
        DuckDbKind.Decimal => Decimals.ToDouble(Mantissa(block, row), block.Type.Scale),
        _ => Integer(block, row),
    };

    /// <summary>An integer or boolean; null for other types.</summary>
    public static long? Integer(ColumnBlock block, int row) => block.Type.Kind switch
    {
        DuckDbKind.Boolean or DuckDbKind.UTinyInt => block.Cells<byte>()[row],
        DuckDbKind.TinyInt => block.Cells<sbyte>()[row],
        DuckDbKind.SmallInt => block.Cells<short>()[row],
        DuckDbKind.USmallInt => block.Cells<ushort>()[row],
        DuckDbKind.Integer => block.Cells<int>()[row],
        DuckDbKind.UInteger => block.Cells<uint>()[row],
        DuckDbKind.BigInt => block.Cells<long>()[row],
        DuckDbKind.UBigInt => checked((long)block.Cells<ulong>()[row]),
        DuckDbKind.HugeInt => checked((long)block.Cells<Int128>()[row]),
        DuckDbKind.UHugeInt => checked((long)block.Cells<UInt128>()[row]),
        _ => null,
    };

    private static Int128 Mantissa(ColumnBlock block, int row) => block.Type.SizeBytes switch
    {
        2 => block.Cells<short>()[row],
        4 => block.Cells<int>()[row],
        8 => block.Cells<long>()[row],
        _ => block.Cells<Int128>()[row],
    };

    // Days and ticks outside of .NET's years 1 to 9999, infinities among them, are refused rather than bent.
    private static DateOnly Date(int days, string column)
    {
        var day = (long)DateOnly.FromDateTime(Epoch).DayNumber + days;
        return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)day)
            : throw new DuckDbException(DuckDbErrorKind.Value, $"column {column} has a date outside of the years 1 to 9999 ({days} days from 1970-01-01); cast it to VARCHAR");
    }

    private static DateTime Time(long count, long ticksEach, DateTimeKind kind, string column)
    {
        var ticks = ((Int128)count * ticksEach) + Epoch.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime((long)ticks, kind)
            : throw new DuckDbException(DuckDbErrorKind.Value, $"column {column} has a time outside of the years 1 to 9999; cast it to VARCHAR");
    }

    private static long Floor(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);

    // DuckDB keeps a UUID as a signed number whose top bit is flipped, so that order is that of the text.
    private static Guid Uuid(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, value ^ ((UInt128)1 << 127));
        return new Guid(bytes, bigEndian: true);
    }

    private static Array List(ColumnBlock block, int row, string column)
    {
        var (from, to) = block.Range(row);
        var elements = block.Elements!;
        var anyNull = false;
        for (var i = from; i < to && !anyNull; i++) { anyNull = elements.IsNull(i); }

        var values = Array.CreateInstance(Clr.Of(elements.Type, anyNull), to - from);
        for (var i = from; i < to; i++) { values.SetValue(Value(elements, i, column), i - from); }

        return values;
    }
}
