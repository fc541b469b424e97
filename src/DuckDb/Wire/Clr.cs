namespace Slipway.DuckDb;

/// <summary>Types of .NET and of DuckDB, both ways.</summary>
internal static class Clr
{
    private static readonly (Type Type, DuckDbKind Kind)[] Table =
    [
        (typeof(bool), DuckDbKind.Boolean), (typeof(sbyte), DuckDbKind.TinyInt), (typeof(short), DuckDbKind.SmallInt), (typeof(int), DuckDbKind.Integer),
        (typeof(long), DuckDbKind.BigInt), (typeof(byte), DuckDbKind.UTinyInt), (typeof(ushort), DuckDbKind.USmallInt), (typeof(uint), DuckDbKind.UInteger),
        (typeof(ulong), DuckDbKind.UBigInt), (typeof(Int128), DuckDbKind.HugeInt), (typeof(UInt128), DuckDbKind.UHugeInt), (typeof(float), DuckDbKind.Float),
        (typeof(double), DuckDbKind.Double), (typeof(decimal), DuckDbKind.Decimal), (typeof(string), DuckDbKind.Varchar), (typeof(byte[]), DuckDbKind.Blob),
        (typeof(DateOnly), DuckDbKind.Date), (typeof(TimeOnly), DuckDbKind.Time), (typeof(DateTime), DuckDbKind.Timestamp), (typeof(DateTimeOffset), DuckDbKind.TimestampZoned),
        (typeof(Guid), DuckDbKind.Uuid),
    ];

    /// <summary>Of a value, or of an element when it is nullable or not; null when DuckDB has no such type here. The scale of a decimal is left at 0.</summary>
    public static DuckDbType? Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        foreach (var entry in Table)
        {
            if (entry.Type == plain) { return entry.Kind == DuckDbKind.Decimal ? new DuckDbType(entry.Kind, 38) : new DuckDbType(entry.Kind); }
        }

        return plain.IsArray && Of(plain.GetElementType()!) is { } element ? new DuckDbType(DuckDbKind.List, Element: element) : null;
    }

    /// <summary>What <see cref="Cell.Value"/> gives.</summary>
    public static Type Of(DuckDbType type, bool nullable)
    {
        var plain = type.Kind switch
        {
            DuckDbKind.List => typeof(Array),
            DuckDbKind.TimestampZoned or DuckDbKind.TimestampSeconds or DuckDbKind.TimestampMillis or DuckDbKind.TimestampNanos => typeof(DateTime),
            _ => Array.Find(Table, entry => entry.Kind == type.Kind).Type,
        };
        return nullable && plain.IsValueType ? typeof(Nullable<>).MakeGenericType(plain) : plain;
    }
}
