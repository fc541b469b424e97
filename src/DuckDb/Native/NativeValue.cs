namespace Slipway.DuckDb;

/// <summary>A value of a block as a duckdb_value, which the caller destroys.</summary>
internal static unsafe class NativeValue
{
    public static nint Create(ColumnBlock block, int row)
    {
        if (block.IsNull(row)) { return Api.duckdb_create_null_value(); }

        return block.Type.Kind switch
        {
            DuckDbKind.Boolean => Api.duckdb_create_bool(block.Cells<byte>()[row] != 0),
            DuckDbKind.TinyInt => Api.duckdb_create_int8(block.Cells<sbyte>()[row]),
            DuckDbKind.UTinyInt => Api.duckdb_create_uint8(block.Cells<byte>()[row]),
            DuckDbKind.SmallInt => Api.duckdb_create_int16(block.Cells<short>()[row]),
            DuckDbKind.USmallInt => Api.duckdb_create_uint16(block.Cells<ushort>()[row]),
            DuckDbKind.Integer => Api.duckdb_create_int32(block.Cells<int>()[row]),
            DuckDbKind.UInteger => Api.duckdb_create_uint32(block.Cells<uint>()[row]),
            DuckDbKind.BigInt => Api.duckdb_create_int64(block.Cells<long>()[row]),
            DuckDbKind.UBigInt => Api.duckdb_create_uint64(block.Cells<ulong>()[row]),
            DuckDbKind.HugeInt => Api.duckdb_create_hugeint(block.Cells<Api.HugeInt>()[row]),
            DuckDbKind.UHugeInt => Api.duckdb_create_uhugeint(block.Cells<Api.HugeInt>()[row]),
            DuckDbKind.Float => Api.duckdb_create_float(block.Cells<float>()[row]),
            DuckDbKind.Double => Api.duckdb_create_double(block.Cells<double>()[row]),
            DuckDbKind.Decimal => Decimal(block, row),
            DuckDbKind.Date => Api.duckdb_create_date(block.Cells<int>()[row]),
            DuckDbKind.Time => Api.duckdb_create_time(block.Cells<long>()[row]),
            DuckDbKind.Timestamp => Api.duckdb_create_timestamp(block.Cells<long>()[row]),
            DuckDbKind.TimestampZoned => Api.duckdb_create_timestamp_tz(block.Cells<long>()[row]),
            DuckDbKind.Uuid => Uuid(block.Cells<Api.HugeInt>()[row]),
            DuckDbKind.Varchar => Bytes(block.Bytes(row), text: true),
            DuckDbKind.Blob => Bytes(block.Bytes(row), text: false),
            DuckDbKind.List => List(block, row),
            var kind => throw new InvalidDataException($"{kind} is no type of a parameter"),
        };
    }

    private static nint Decimal(ColumnBlock block, int row)
    {
        var value = block.Cells<Api.HugeInt>()[row];
        return Api.duckdb_create_decimal(new Api.Decimal { Width = (byte)block.Type.Width, Scale = (byte)block.Type.Scale, Lower = value.Lower, Upper = value.Upper });
    }

    // This function of the library flips the top bit itself.
    private static nint Uuid(Api.HugeInt value) => Api.duckdb_create_uuid(value with { Upper = value.Upper ^ long.MinValue });

    private static nint Bytes(ReadOnlySpan<byte> bytes, bool text)
    {
        byte empty = 0;
        fixed (byte* data = bytes)
        {
            var start = data is null ? &empty : data;
            return text ? Api.duckdb_create_varchar_length(start, (ulong)bytes.Length) : Api.duckdb_create_blob(start, (ulong)bytes.Length);
        }
    }

    private static nint List(ColumnBlock block, int row)
    {
        var (from, to) = block.Range(row);
        using var element = LogicalType.Of(block.Type.Element!);
        var values = new nint[to - from];
        try
        {
            for (var i = 0; i < values.Length; i++) { values[i] = Create(block.Elements!, from + i); }

            fixed (nint* first = values) { return Api.duckdb_create_list_value(element.Handle, first, (ulong)values.Length); }
        }
        finally
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] != 0) { Api.duckdb_destroy_value(ref values[i]); }
            }
        }
    }
}
