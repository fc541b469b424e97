using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Answers.Fold;

/// <summary>Folds facts as they are placed; one replica at a time, by a lease.</summary>
internal sealed partial class FoldFacts(Db db, LiveHub live, TimeProvider clock, ILogger<FoldFacts> log) : RoundsService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly string _me = Ids.New(clock);

    /// <summary>Folds what waits, one batch; true when there may be more.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        // Looked at before written: an idle server does not write.
        if (!await db.Read(Waits, ct)) { return false; }

        return await db.Write(tx =>
        {
            if (!Leases.TryTake(tx, "answers.fold", _me, 5_000) || !Waits(tx)) { return false; }

            var (changed, read) = FoldBatch.Next(tx);
            tx.AfterCommit(() =>
            {
                foreach (var (workspace, model) in changed) { live.Send(new LiveChange("answers", workspace, model)); }
            });
            return read == FoldBatch.Size;
        }, ct);
    }

    /// <summary>A replica of an earlier release leaves what a later one has folded alone.</summary>
    private static bool Waits(ReadTx tx) => IntervalStore.Reached(tx) is var reached && reached.FoldVersion <= Folding.Version
        && (reached.FoldVersion < Folding.Version || FactLog.After(tx, reached.Position, 1).Count > 0);

    protected override async Task Round(CancellationToken ct)
    {
        if (!await Step(ct)) { await Task.Delay(Pause, clock, ct); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Facts could not be folded into answers; trying again in a second")]
    protected override partial void Failed(Exception error);
}
