namespace Slipway.DuckDb;

/// <summary>DuckDB's messages begin with the class of the error, such as "Binder Error: …"; that decides the kind.</summary>
internal static class Fault
{
    private static readonly (string Prefix, DuckDbErrorKind Kind)[] Prefixes =
    [
        ("Parser", DuckDbErrorKind.Statement), ("Syntax", DuckDbErrorKind.Statement), ("Catalog", DuckDbErrorKind.Statement), ("Binder", DuckDbErrorKind.Statement),
        ("Parameter Not Allowed", DuckDbErrorKind.Statement), ("Parameter Not Resolved", DuckDbErrorKind.Statement), ("Expression", DuckDbErrorKind.Statement),
        ("Conversion", DuckDbErrorKind.Value), ("Out of Range", DuckDbErrorKind.Value), ("Mismatch Type", DuckDbErrorKind.Value), ("type mismatch", DuckDbErrorKind.Value), ("Constraint", DuckDbErrorKind.Value),
        ("Invalid Input", DuckDbErrorKind.Value), ("Invalid type", DuckDbErrorKind.Value), ("Decimal", DuckDbErrorKind.Value), ("Divide by Zero", DuckDbErrorKind.Value),
        ("IO", DuckDbErrorKind.File), ("HTTP", DuckDbErrorKind.File), ("Serialization", DuckDbErrorKind.File),
        ("Permission", DuckDbErrorKind.Denied), ("Missing Extension", DuckDbErrorKind.Denied), ("Autoloading", DuckDbErrorKind.Denied),
        ("Out of Memory", DuckDbErrorKind.OutOfMemory),
    ];

    public static DuckDbException Of(string message) => new(Kind(message), message);

    /// <summary>The message of a statement that could not be prepared: what is invalid there is the SQL.</summary>
    public static DuckDbException OfPrepare(string message) =>
        new(Kind(message) is var kind && kind is DuckDbErrorKind.Value or DuckDbErrorKind.Other ? DuckDbErrorKind.Statement : kind, message);

    private static DuckDbErrorKind Kind(string message)
    {
        // The sentence in which the library says that the lock holds has the class of a wrong value.
        if (message.Contains("configuration has been locked", StringComparison.Ordinal)) { return DuckDbErrorKind.Denied; }

        foreach (var (prefix, kind) in Prefixes)
        {
            if (message.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) { return kind; }
        }

        return DuckDbErrorKind.Other;
    }
}
