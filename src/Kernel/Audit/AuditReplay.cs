namespace Slipway.Kernel;

/// <summary>Plays the log into a sink, page by page, as it stood when it began; entries and checkpoints never change, so no long snapshot is held.</summary>
internal sealed class AuditReplay(Db db)
{
    private const int PageRows = 1_000;

    public async Task Run(IAuditSink sink, CancellationToken ct)
    {
        var (size, last, keys) = await db.Read(tx => (AuditStore.Size(tx), AuditStore.LastCheckpoint(tx)?.Size ?? 0, AuditStore.PublicKeys(tx)), ct);
        if (keys.Count > 0) { sink.Header(AuditOrigin.Of(Contracts.AuditKeyId.Of(keys[0])), size, keys); }

        var signed = 0L;
        for (var from = 0L; from < size;)
        {
            var entries = await db.Read(tx => AuditStore.Placed(tx, from, size, PageRows), ct);
            if (entries.Count == 0) { break; }

            from = entries[^1].Index!.Value + 1;
            var checkpoints = await Checkpoints(signed, from, ct);
            var next = 0;
            foreach (var entry in entries)
            {
                sink.Entry(entry);
                for (; next < checkpoints.Count && checkpoints[next].Size <= entry.Index + 1; next++) { sink.Checkpoint(checkpoints[next].Note); }
            }

            signed = from;
            await sink.Flush(ct);
        }

        // None in a sound log: they speak of entries that are not there.
        foreach (var checkpoint in await Checkpoints(signed, last, ct)) { sink.Checkpoint(checkpoint.Note); }

        await sink.Flush(ct);
    }

    private async Task<List<StoredCheckpoint>> Checkpoints(long after, long to, CancellationToken ct)
    {
        var all = new List<StoredCheckpoint>();
        while (true)
        {
            var some = await db.Read(tx => AuditStore.CheckpointsAfter(tx, all.Count == 0 ? after : all[^1].Size, to, PageRows), ct);
            all.AddRange(some);
            if (some.Count < PageRows) { return all; }
        }
    }
}
