using Microsoft.Extensions.Logging;

namespace Slipway.Kernel;

/// <summary>
/// Gives committed facts their position. Positions are assigned after the commit, by one lease holder, because an order taken before it
/// would let a reader pass a fact that commits late.
/// </summary>
public sealed partial class FactSequencer(Db db, TimeProvider clock, ILogger<FactSequencer> log) : RoundsService
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly string _me = Ids.New(clock);

    /// <summary>Places what waits; true when there may be more.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        // Looked at before written: an idle server does not write.
        if (!await db.Read(tx => tx.Exists($"SELECT 1 FROM kernel_facts WHERE position IS NULL LIMIT 1"), ct)) { return false; }

        return await db.Write(tx =>
        {
            if (!Leases.TryTake(tx, "facts.sequence", _me, 5_000)) { return false; }

            var last = tx.QueryOne($"SELECT COALESCE(MAX(position), 0) FROM kernel_facts", row => row.GetInt64(0));
            var ids = tx.Query($"SELECT fact_id FROM kernel_facts WHERE position IS NULL ORDER BY fact_id LIMIT {Batch}", row => row.GetString(0));
            foreach (var id in ids) { tx.Execute($"UPDATE kernel_facts SET position = {++last} WHERE fact_id = {id}"); }

            return ids.Count == Batch;
        }, ct);
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (!await Step(ct)) { await Task.Delay(Pause, clock, ct); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Facts could not be placed; trying again in a second")]
    protected override partial void Failed(Exception error);
}
