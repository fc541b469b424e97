namespace Slipway.Kernel;

/// <summary>
/// The one way to the records. A write is a delegate on a transaction: synchronous, bounded, re-runnable, with no input or output but its transaction.
/// It is acknowledged only after its commit has reached the disk. Thread safe.
/// </summary>
public abstract class Db : IAsyncDisposable
{
    private const int ScanSeconds = 3_600;

    public abstract ISqlDialect Dialect { get; }

    /// <summary>Runs <paramref name="work"/> as if alone (serialisable), once or, after a conflict, again; a result that holds a problem is rolled back.</summary>
    /// <exception cref="OverloadedException">Too many writes wait; nothing was written.</exception>
    /// <exception cref="StorageException">The disk or the database failed; nothing was written.</exception>
    public Task<T> Write<T>(Func<WriteTx, T> work, CancellationToken ct) => Enqueue(new WriteItem<T>(work, Isolation.Serializable, null, ct));

    public Task Write(Action<WriteTx> work, CancellationToken ct) => Write(tx => { work(tx); return Done.Value; }, ct);

    /// <summary>A write whose outcome does not depend on what it reads (pure inserts and upserts): may run at a lower isolation where that is faster.</summary>
    public Task<T> Append<T>(Func<WriteTx, T> work, CancellationToken ct) => Enqueue(new WriteItem<T>(work, Isolation.ReadCommitted, null, ct));

    /// <summary>
    /// As <see cref="Write{T}(Func{WriteTx, T}, CancellationToken)"/>, of one thing that many change at the same time, such as a model that gets versions: they take turns instead of colliding, and those that
    /// wait together may share a transaction.
    /// </summary>
    /// <param name="about">What is changed, the same text for all who change it.</param>
    public Task<T> Write<T>(string about, Func<WriteTx, T> work, CancellationToken ct) => Enqueue(new WriteItem<T>(work, Isolation.Serializable, about, ct));

    /// <summary>As <see cref="Append{T}(Func{WriteTx, T}, CancellationToken)"/>, to one thing such as a run: those that wait together may share a transaction, in the order of <paramref name="about"/>, so that locks seldom cross.</summary>
    /// <param name="about">What it locks first, the same text in every process; within it, all lock rows in one order.</param>
    public Task<T> Append<T>(string about, Func<WriteTx, T> work, CancellationToken ct) => Enqueue(new WriteItem<T>(work, Isolation.ReadCommitted, about, ct));

    public Task Append(Action<WriteTx> work, CancellationToken ct) => Append(tx => { work(tx); return Done.Value; }, ct);

    /// <summary>Runs <paramref name="work"/> on one consistent snapshot that includes every acknowledged write.</summary>
    /// <exception cref="QueryTooLongException">It ran past <see cref="Limits.QuerySeconds"/>.</exception>
    public Task<T> Read<T>(Func<ReadTx, T> work, CancellationToken ct) => Read(work, Limits.QuerySeconds, ct);

    /// <summary>As <see cref="Read{T}(Func{ReadTx, T}, CancellationToken)"/>, for a job that looks at everything: may take an hour, and keeps a reader busy for so long.</summary>
    public Task<T> Scan<T>(Func<ReadTx, T> work, CancellationToken ct) => Read(work, ScanSeconds, ct);

    private protected abstract Task<T> Read<T>(Func<ReadTx, T> work, int seconds, CancellationToken ct);

    public abstract ValueTask DisposeAsync();

    private protected abstract void Accept(WriteItem item);

    private Task<T> Enqueue<T>(WriteItem<T> item)
    {
        Accept(item);
        return item.Task;
    }
}

/// <summary>From the least to the most that is promised.</summary>
internal enum Isolation
{
    ReadCommitted,
    Snapshot,
    Serializable,
}

/// <summary>The disk or the database failed; the operation did not happen. Answered as 503 (507 when the disk is full).</summary>
public sealed class StorageException(string message, bool diskFull, Exception inner) : Exception(message, inner)
{
    public bool DiskFull { get; } = diskFull;
}

/// <summary>Too much waits already; try again later. Answered as 503 with Retry-After.</summary>
public sealed class OverloadedException(string message) : Exception(message);

/// <summary>A query ran past its time limit and was stopped. Answered as 503.</summary>
public sealed class QueryTooLongException() : Exception($"The query ran past its limit of {Limits.QuerySeconds} s and was stopped; narrow it.");
