namespace Slipway.DuckDb;

/// <summary>The types of DuckDB's C interface (<c>duckdb_type</c>, the same numbers) that this binding carries.</summary>
public enum DuckDbKind : byte
{
    /// <summary>bool.</summary>
    Boolean = 1,

    /// <summary>sbyte.</summary>
    TinyInt = 2,

    /// <summary>short.</summary>
    SmallInt = 3,

    /// <summary>int.</summary>
    Integer = 4,

    /// <summary>long.</summary>
    BigInt = 5,

    /// <summary>byte.</summary>
    UTinyInt = 6,

    /// <summary>ushort.</summary>
    USmallInt = 7,

    /// <summary>uint.</summary>
    UInteger = 8,

    /// <summary>ulong.</summary>
    UBigInt = 9,

    /// <summary>float.</summary>
    Float = 10,

    /// <summary>double.</summary>
    Double = 11,

    /// <summary>DateTime without a zone; microseconds since 1970.</summary>
    Timestamp = 12,

    /// <summary>DateOnly; days since 1970.</summary>
    Date = 13,

    /// <summary>TimeOnly; microseconds since midnight.</summary>
    Time = 14,

    /// <summary>Int128, as sums of integers are.</summary>
    HugeInt = 16,

    /// <summary>string, UTF-8 on the wire.</summary>
    Varchar = 17,

    /// <summary>byte[].</summary>
    Blob = 18,

    /// <summary>decimal; width of at most 38 digits, of which .NET holds 28.</summary>
    Decimal = 19,

    /// <summary>DateTime; seconds since 1970.</summary>
    TimestampSeconds = 20,

    /// <summary>DateTime; milliseconds since 1970.</summary>
    TimestampMillis = 21,

    /// <summary>DateTime; nanoseconds since 1970, cut to 100 ns.</summary>
    TimestampNanos = 22,

    /// <summary>Array of the element's .NET type; DuckDB's LIST and its ARRAY of fixed size.</summary>
    List = 24,

    /// <summary>Guid.</summary>
    Uuid = 27,

    /// <summary>DateTime in UTC; microseconds since 1970.</summary>
    TimestampZoned = 31,

    /// <summary>UInt128.</summary>
    UHugeInt = 32,
}

/// <summary>The type of a result column. An ENUM of DuckDB arrives as <see cref="DuckDbKind.Varchar"/>.</summary>
/// <param name="Kind">Which type.</param>
/// <param name="Width">Digits of a decimal, 1 to 38; 0 otherwise.</param>
/// <param name="Scale">Digits of a decimal after the point; 0 otherwise.</param>
/// <param name="Element">Of a list; null otherwise.</param>
public sealed record DuckDbType(DuckDbKind Kind, int Width = 0, int Scale = 0, DuckDbType? Element = null)
{
    /// <summary>Whether the values are numbers (decimals too, booleans not).</summary>
    public bool IsNumber => Kind is >= DuckDbKind.TinyInt and <= DuckDbKind.Double or DuckDbKind.HugeInt or DuckDbKind.UHugeInt or DuckDbKind.Decimal;

    /// <summary>As SQL writes it, such as <c>DECIMAL(18,3)</c> or <c>VARCHAR[]</c>.</summary>
    public override string ToString() => Kind switch
    {
        DuckDbKind.Decimal => $"DECIMAL({Width},{Scale})",
        DuckDbKind.List => $"{Element}[]",
        DuckDbKind.TimestampSeconds => "TIMESTAMP_S",
        DuckDbKind.TimestampMillis => "TIMESTAMP_MS",
        DuckDbKind.TimestampNanos => "TIMESTAMP_NS",
        DuckDbKind.TimestampZoned => "TIMESTAMP WITH TIME ZONE",
        _ => Kind.ToString().ToUpperInvariant(),
    };

    /// <summary>Bytes of one value on the wire; 0 for text, bytes and lists. A decimal has the integer that its width needs.</summary>
    internal int SizeBytes => Kind switch
    {
        DuckDbKind.Boolean or DuckDbKind.TinyInt or DuckDbKind.UTinyInt => 1,
        DuckDbKind.SmallInt or DuckDbKind.USmallInt => 2,
        DuckDbKind.Integer or DuckDbKind.UInteger or DuckDbKind.Float or DuckDbKind.Date => 4,
        DuckDbKind.HugeInt or DuckDbKind.UHugeInt or DuckDbKind.Uuid => 16,
        DuckDbKind.Decimal => Width switch { <= 4 => 2, <= 9 => 4, <= 18 => 8, _ => 16 },
        DuckDbKind.Varchar or DuckDbKind.Blob or DuckDbKind.List => 0,
        _ => 8,
    };
}
