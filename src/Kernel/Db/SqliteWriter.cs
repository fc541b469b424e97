using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Slipway.Kernel;

/// <summary>
/// The only thread that writes. It takes all that wait, runs each in a savepoint, commits once, and only then answers them: a group shares one sync of the disk.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // Bounds how long the first of a group waits for the last.
    private const int MaxGroup = 256;

    private readonly BlockingCollection<WriteItem> _waiting = new(Limits.WaitingWrites);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteSession _session;
    private readonly TimeProvider _clock;
    private StorageException? _broken;

    public SqliteWriter(string path, TimeProvider clock)
    {
        _clock = clock;
        _session = new SqliteSession(path, writer: true);
        new Thread(Loop) { IsBackground = true, Name = "sqlite-writer" }.Start();
    }

    /// <exception cref="OverloadedException">The queue is full or the server is stopping.</exception>
    public void Accept(WriteItem item)
    {
        if (_waiting.IsAddingCompleted || !_waiting.TryAdd(item))
        {
            throw new OverloadedException($"{_waiting.Count} writes wait already (limit {Limits.WaitingWrites}); try again in a second.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _stopped.Task;
        _waiting.Dispose();
    }

    private void Loop()
    {
        var group = new List<(WriteItem Item, WriteTx Tx)>(MaxGroup);
        foreach (var first in _waiting.GetConsumingEnumerable()) { Commit(first, group); }

        _session.Dispose();
        _stopped.SetResult();
    }

    private void Commit(WriteItem first, List<(WriteItem Item, WriteTx Tx)> group)
    {
        group.Clear();
        // The one at work, which stands in no group yet; null between two.
        WriteItem? current = first;
        try
        {
            if (_broken is not null) { throw _broken; }

            _session.Execute($"BEGIN IMMEDIATE");
            do { RunInSavepoint(current!, group); }
            while (group.Count < MaxGroup && _waiting.TryTake(out current));

            current = null;
            _session.Execute($"COMMIT");
        }
#pragma warning disable CA1031 // whatever it was, the whole group learns of it
        catch (Exception error)
#pragma warning restore CA1031
        {
            FailAll(group, current, error);
            return;
        }

        foreach (var (item, tx) in group)
        {
            tx.Committed();
            item.Complete();
        }
    }

    /// <summary>Failures of the work are its own: they are rolled back and answered at once. Failures of the disk fail the group.</summary>
    private void RunInSavepoint(WriteItem item, List<(WriteItem Item, WriteTx Tx)> group)
    {
        if (item.Cancellation.IsCancellationRequested)
        {
            item.Cancel();
            return;
        }

        _session.Execute($"SAVEPOINT item");
        var tx = new WriteTx(_session, _clock);
        try
        {
            if (item.Run(tx)) { group.Add((item, tx)); }
            else
            {
                _session.Execute($"ROLLBACK TO item");
                group.Add((item, new WriteTx(_session, _clock)));
            }
        }
        catch (Exception error) when (!IsOfTheDisk(error))
        {
            _session.Execute($"ROLLBACK TO item");
            item.Fail(error);
        }

        _session.Execute($"RELEASE item");
    }

    private void FailAll(List<(WriteItem Item, WriteTx Tx)> group, WriteItem? current, Exception error)
    {
        var failure = error as StorageException ?? Describe(error);
        try { _session.Execute($"ROLLBACK"); }
        catch (SqliteException) { /* SQLite has rolled back by itself, as it does when the disk is full */ }

        // After a failed sync the operating system may have dropped the pages: nothing more is acknowledged on this file until a restart has read it again.
        if (!failure.DiskFull && error is SqliteException { SqliteErrorCode: SQLITE_IOERR or SQLITE_CORRUPT }) { _broken = failure; }

        current?.Fail(failure);
        foreach (var (item, _) in group) { item.Fail(failure); }
    }

    private static bool IsOfTheDisk(Exception error) =>
        error is SqliteException { SqliteErrorCode: SQLITE_IOERR or SQLITE_FULL or SQLITE_CORRUPT or SQLITE_READONLY or SQLITE_CANTOPEN };

    private static StorageException Describe(Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: SQLITE_FULL } =>
            new StorageException("The disk that holds the database is full; nothing was written. Free space, then try again.", true, error),
        _ => new StorageException($"The database could not write ({error.Message}); nothing of this was written.", false, error),
    };
}
