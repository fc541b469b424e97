using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Slipway.Kernel;

/// <summary>
/// The only thread that writes. It takes all that wait, runs them, commits once, and only then answers them: a group shares one sync of the disk. Work that
/// fails or refuses takes back its own changes alone.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // Bounds how long the first of a group waits for the last.
    private const int MaxGroup = 256;

    // How long savepoints are kept on after work that was not kept.
    private const int GuardedGroups = 32;

    private readonly WorkQueue<WriteItem> _waiting = new(Limits.WaitingWrites);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteSession _session;
    private readonly TimeProvider _clock;
    private readonly List<WriteItem> _taken = new(MaxGroup);
    private readonly List<(WriteItem Item, WriteTx Tx)> _kept = new(MaxGroup);
    private StorageException? _broken;
    private int _guarded;

    public SqliteWriter(string path, TimeProvider clock)
    {
        _clock = clock;
        _session = new SqliteSession(path, writer: true);
        new Thread(Loop) { IsBackground = true, Name = "sqlite-writer" }.Start();
    }

    /// <exception cref="OverloadedException">The queue is full or the server is stopping.</exception>
    public void Accept(WriteItem item)
    {
        if (!_waiting.TryAdd(item))
        {
            throw new OverloadedException($"{_waiting.Count} writes wait already (limit {Limits.WaitingWrites}); try again in a second.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Close();
        await _stopped.Task;
    }

    private void Loop()
    {
        while (_waiting.Take(out var first)) { Commit(first); }

        _session.Dispose();
        _stopped.SetResult();
    }

    private void Commit(WriteItem first)
    {
        _taken.Clear();
        _kept.Clear();
        try
        {
            _taken.Add(first);
            if (_broken is not null) { throw _broken; }

            _session.Execute($"BEGIN IMMEDIATE");
            RunNext();
            while (_taken.Count < MaxGroup && _waiting.TryTake(out var next))
            {
                _taken.Add(next);
                RunNext();
            }

            _session.Execute($"COMMIT");
        }
#pragma warning disable CA1031 // whatever it was, the whole group learns of it
        catch (Exception error)
#pragma warning restore CA1031
        {
            FailAll(error);
            return;
        }

        if (_guarded > 0) { _guarded--; }

        foreach (var (item, tx) in _kept)
        {
            tx.Committed();
            item.Complete();
        }
    }

    /// <summary>Runs the one that was taken last.</summary>
    private void RunNext()
    {
        var item = _taken[^1];
        if (_guarded > 0) { RunInSavepoint(item); }
        else if (item.Cancellation.IsCancellationRequested) { item.Cancel(); }
        else if (!TryRun(item)) { RunAgain(); }
    }

    /// <summary>
    /// Without a savepoint, which costs a copy of every page that is touched: nearly all work is kept. False when it is not, and its changes cannot be taken back alone.
    /// </summary>
    private bool TryRun(WriteItem item)
    {
        var tx = new WriteTx(_session, _clock);
        try
        {
            if (!item.Run(tx)) { return false; }
        }
#pragma warning disable CA1031 // it is run again, and what it says then is told
        catch (Exception error) when (!IsOfTheDisk(error)) { return false; }
#pragma warning restore CA1031

        _kept.Add((item, tx));
        return true;
    }

    /// <summary>Takes everything back and runs it once more with a savepoint each, and so the groups that follow: refusals seldom come alone.</summary>
    private void RunAgain()
    {
        _guarded = GuardedGroups;
        _kept.Clear();
        _session.Execute($"ROLLBACK");
        _session.Execute($"BEGIN IMMEDIATE");
        foreach (var item in _taken) { RunInSavepoint(item); }
    }

    /// <summary>Failures of the work are its own: they are rolled back and answered at once. Failures of the disk fail the group.</summary>
    private void RunInSavepoint(WriteItem item)
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
            if (item.Run(tx)) { _kept.Add((item, tx)); }
            else
            {
                _session.Execute($"ROLLBACK TO item");
                _kept.Add((item, new WriteTx(_session, _clock)));
            }
        }
        catch (Exception error) when (!IsOfTheDisk(error))
        {
            _session.Execute($"ROLLBACK TO item");
            item.Fail(error);
        }

        _session.Execute($"RELEASE item");
    }

    /// <summary>Those that were answered already, for reasons of their own, keep their answer.</summary>
    private void FailAll(Exception error)
    {
        var failure = error as StorageException ?? Describe(error);
        try { _session.Execute($"ROLLBACK"); }
        catch (SqliteException) { /* SQLite has rolled back by itself, as it does when the disk is full */ }

        // After a failed sync the operating system may have dropped the pages: nothing more is acknowledged on this file until a restart has read it again.
        if (!failure.DiskFull && error is SqliteException { SqliteErrorCode: SQLITE_IOERR or SQLITE_CORRUPT }) { _broken = failure; }

        foreach (var item in _taken) { item.Fail(failure); }
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
