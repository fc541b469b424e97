namespace Slipway.DuckDb;

/// <summary>
/// The protocol between the session and its worker: frames of an int32 length (of what follows), a byte of kind and a payload, little-endian. One statement at a time;
/// an interrupt may come while it runs. A closed input ends the worker at once.
/// </summary>
internal enum Frame : byte
{
    /// <summary>To the worker: folder, memory bytes, spill bytes, threads. Answer: Ready or Failed.</summary>
    Open = 1,

    /// <summary>To the worker: statement id, whether rows are wanted, SQL, parameters. Answer: Header and Chunks where rows are wanted, then Done; or Failed at any point.</summary>
    Run = 2,

    /// <summary>To the worker: id of the statement to interrupt; none answers, the statement does.</summary>
    Interrupt = 3,

    /// <summary>To the worker: statement id, table, rows, columns (type and block each), whether more follows. Answer after the last: Done or Failed.</summary>
    Append = 4,

    /// <summary>From the worker: it is open.</summary>
    Ready = 10,

    /// <summary>From the worker: count of columns, then name and type each.</summary>
    Header = 11,

    /// <summary>From the worker: rows, then a block per column.</summary>
    Chunk = 12,

    /// <summary>From the worker: rows changed, int64.</summary>
    Done = 13,

    /// <summary>From the worker: kind of error, 255 for an interrupt that was asked for, and message.</summary>
    Failed = 14,
}
