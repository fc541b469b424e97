namespace Slipway.Kernel;

/// <summary>
/// A thread that takes all writes that wait for it, runs them in one transaction, commits once, and only then answers them: one trip for the begin and the commit, whatever their number, and nobody waits in the database
/// for the lock of the one before, or collides with it. When anything goes wrong, nothing of it is kept and each is run alone.
/// </summary>
/// <param name="alone">Runs and answers one write in a transaction of its own.</param>
internal sealed class PostgresGathered(Func<PostgresSession> open, TimeProvider clock, Action<PostgresSession, WriteItem> alone) : IAsyncDisposable
{
    // Bounds how long the first waits for the last, and how long locks are held.
    private const int MaxGroup = 64;

    private readonly WorkQueue<WriteItem> _waiting = new(Limits.WaitingWrites);
    private readonly Lanes<PostgresSession> _lane = new("postgres-gathered", 1, Limits.WaitingWrites, open);

    /// <exception cref="OverloadedException">Too many wait, or the server is stopping.</exception>
    public void Accept(WriteItem item)
    {
        // Each comes with a turn of the lane; the first turn takes what waits by then, and the turns of the others find nothing.
        if (!_waiting.TryAdd(item)) { throw new OverloadedException($"{_waiting.Count} writes wait already (limit {Limits.WaitingWrites}); try again in a second."); }

        _lane.Post(Turn);
    }

    public ValueTask DisposeAsync() => _lane.DisposeAsync();

    private void Turn(Func<PostgresSession> session)
    {
        var group = new List<WriteItem>();
        while (group.Count < MaxGroup && _waiting.TryTake(out var item))
        {
            if (item.Cancellation.IsCancellationRequested) { item.Cancel(); }
            else { group.Add(item); }
        }

        if (group.Count == 0) { return; }

        if (group.Count > 1 && Together(session(), group)) { return; }

        foreach (var item in group) { alone(session(), item); }
    }

    /// <returns>False = one of them has to be taken back, so all were.</returns>
    private bool Together(PostgresSession session, List<WriteItem> group)
    {
        var ran = new List<(WriteItem Item, WriteTx? Kept)>(group.Count);
        bool RunAll()
        {
            foreach (var item in group.OrderBy(item => item.About, StringComparer.Ordinal))
            {
                var tx = new WriteTx(session, clock);
                var keep = item.Run(tx);
                if (!keep && tx.Wrote) { return false; }

                ran.Add((item, keep ? tx : null));
            }

            return true;
        }

#pragma warning disable CA1031 // each is run again alone, and its own error answers it
        try
        {
            if (!session.Transact(group.Max(item => item.Isolation), RunAll)) { return false; }
        }
        catch (Exception) { return false; }
#pragma warning restore CA1031

        foreach (var (item, tx) in ran)
        {
            tx?.Committed();
            item.Complete();
        }

        return true;
    }
}
