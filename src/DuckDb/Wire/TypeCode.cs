namespace Slipway.DuckDb;

/// <summary>A type on the wire: its kind, width and scale of a decimal, element of a list.</summary>
internal static class TypeCode
{
    // Lists of lists deeper than this are refused; nothing sensible has them.
    private const int MaxDepth = 16;

    public static void Write(PayloadWriter writer, DuckDbType type)
    {
        writer.Byte((byte)type.Kind);
        if (type.Kind == DuckDbKind.Decimal)
        {
            writer.Byte((byte)type.Width);
            writer.Byte((byte)type.Scale);
        }

        if (type.Element is { } element) { Write(writer, element); }
    }

    public static DuckDbType Read(ref PayloadReader reader, int depth = 0)
    {
        var kind = (DuckDbKind)reader.Byte();
        return kind switch
        {
            DuckDbKind.Decimal => new DuckDbType(kind, reader.Byte(), reader.Byte()),
            DuckDbKind.List when depth < MaxDepth => new DuckDbType(kind, Element: Read(ref reader, depth + 1)),
            _ when Enum.IsDefined(kind) && kind != DuckDbKind.List => new DuckDbType(kind),
            _ => throw new InvalidDataException($"{kind} is no type of the protocol"),
        };
    }
}
