using Npgsql;

namespace Slipway.Kernel;

/// <summary>
/// A thread that takes all writes that wait for it, runs them in one transaction, commits once, and only then answers them: one trip for the begin and the commit, whatever their number, and nobody waits in the database
/// for the lock of the one before, or collides with it. When anything goes wrong, nothing of it is kept and each is run alone.
/// </summary>
internal sealed class PostgresGathered : IAsyncDisposable
{
    // Bounds how long the first waits for the last, and how long locks are held.
    private const int MaxGroup = 64;

    private readonly WorkQueue<WriteItem> _waiting = new(Limits.WaitingWrites);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PostgresSession _session;
    private readonly TimeProvider _clock;
    private readonly Action<PostgresSession, WriteItem> _alone;

    /// <param name="alone">Runs and answers one write in a transaction of its own.</param>
    public PostgresGathered(PostgresSession session, TimeProvider clock, Action<PostgresSession, WriteItem> alone)
    {
        (_session, _clock, _alone) = (session, clock, alone);
        new Thread(Loop) { IsBackground = true, Name = "postgres-gathered" }.Start();
    }

    /// <exception cref="OverloadedException">Too many wait, or the server is stopping.</exception>
    public void Accept(WriteItem item)
    {
        if (!_waiting.TryAdd(item)) { throw new OverloadedException($"{_waiting.Count} writes wait already (limit {Limits.WaitingWrites}); try again in a second."); }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Close();
        await _stopped.Task;
    }

    private void Loop()
    {
        var group = new List<WriteItem>(MaxGroup);
        while (_waiting.Take(out var item))
        {
            group.Clear();
            do
            {
                if (item.Cancellation.IsCancellationRequested) { item.Cancel(); }
                else { group.Add(item); }
            }
            while (group.Count < MaxGroup && _waiting.TryTake(out item));

            if (group.Count > 1 && TryTogether(group)) { continue; }

            foreach (var one in group) { _alone(_session, one); }
        }

        _session.Dispose();
        _stopped.SetResult();
    }

    /// <returns>False = one of them has to be taken back, so all were; true = all are answered.</returns>
    private bool TryTogether(List<WriteItem> group)
    {
        var kept = new List<(WriteItem Item, WriteTx? Tx)>(group.Count);
#pragma warning disable CA1031 // each is run again alone, and its own error answers it
        try
        {
            if (!_session.Transact(group.Max(item => item.Isolation), () => RunAll(group, kept))) { return false; }
        }
        catch (NpgsqlException error) when (PostgresDb.IsLost(error))
        {
            // Perhaps it was the answer to the commit that was lost: what is kept already must not run once more.
            group.ForEach(item => item.Fail(PostgresDb.Lost(error)));
            return true;
        }
        catch (Exception) { return false; }
#pragma warning restore CA1031

        foreach (var (item, tx) in kept)
        {
            tx?.Committed();
            item.Complete();
        }

        return true;
    }

    private bool RunAll(List<WriteItem> group, List<(WriteItem Item, WriteTx? Tx)> kept)
    {
        foreach (var item in group.OrderBy(item => item.About, StringComparer.Ordinal))
        {
            var tx = new WriteTx(_session, _clock);
            _session.Wrote = false;
            var keep = item.Run(tx);
            if (!keep && _session.Wrote) { return false; }

            kept.Add((item, keep ? tx : null));
        }

        return true;
    }
}
