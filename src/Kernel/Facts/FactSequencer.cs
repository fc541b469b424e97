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

        return await db.Append(Place, ct);
    }

    /// <summary>
    /// True when there may be more. The row lock of the lease makes sequencers run one after the other, so the lower isolation of an append suffices; a serialisable one would collide with
    /// every write that tells a fact meanwhile.
    /// </summary>
    private bool Place(WriteTx tx)
    {
        if (!Leases.TryTake(tx, "facts.sequence", _me, 5_000)) { return false; }

        var last = FactLog.Last(tx);
        return tx.Execute(
            $"""
            UPDATE kernel_facts SET position = {last} + waiting.place
            FROM (SELECT fact_id, ROW_NUMBER() OVER (ORDER BY fact_id) AS place FROM kernel_facts WHERE position IS NULL ORDER BY fact_id LIMIT {Batch}) AS waiting
            WHERE kernel_facts.fact_id = waiting.fact_id
            """) == Batch;
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (!await Step(ct)) { await Task.Delay(Pause, clock, ct); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Facts could not be placed; trying again in a second")]
    protected override partial void Failed(Exception error);
}
