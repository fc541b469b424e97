using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Monitoring.Alerts;

namespace Slipway.Monitoring.Reactions;

/// <summary>Does what follows from alerts, after their commit, at least once; one replica at a time.</summary>
internal sealed partial class ReactionJob(Db db, React react, ReactionSignal signal, LiveHub live, TimeProvider clock, ILogger<ReactionJob> log) : RoundsService
{
    private const int Batch = 50;
    private const int MostAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly string _me = Ids.New(clock);

    /// <summary>Does what is due; true when there may be more.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        var due = await db.Read(tx => ReactionStore.Due(tx, clock.NowMs(), Batch), ct);
        if (due.Count == 0 || !await db.Write(tx => Leases.TryTake(tx, "monitoring.react", _me, 30_000), ct)) { return false; }

        foreach (var reaction in due) { await Do(reaction, ct); }

        return due.Count == Batch;
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (!await Step(ct)) { await signal.Wait(Pause, clock, ct); }
    }

    private async Task Do(DueReaction reaction, CancellationToken ct)
    {
        Result<(string State, string Detail)> outcome;
        try { outcome = await react.Do(reaction, ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { throw; }
#pragma warning disable CA1031 // one reaction's failure must not hold up the others; it is tried again
        catch (Exception error)
#pragma warning restore CA1031
        {
            NotDone(reaction.Reaction, reaction.AlertId, error);
            outcome = new Problem(500, "failed", "The server failed at it.");
        }

        await db.Write(tx =>
        {
            var now = tx.Clock.NowMs();
            if (!outcome.Fails(out var problem, out var done)) { ReactionStore.End(tx, reaction, done.State, done.Detail, now); }
            else if (reaction.Attempts + 1 >= MostAttempts) { ReactionStore.End(tx, reaction, ReactionStore.Failed, $"Given up after {MostAttempts} attempts: {problem.Detail}", now); }
            else { ReactionStore.TryAgain(tx, reaction, problem.Detail, now + Math.Min(60_000, 1_000L << (int)Math.Min(6, reaction.Attempts))); }

            var alert = AlertStore.Find(tx, reaction.Workspace, reaction.AlertId)!;
            tx.AfterCommit(() => live.Send(new LiveChange("monitor", alert.Workspace, alert.Endpoint, alert.Model)));
        }, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reaction {Reaction} to alert {AlertId} failed; it is tried again")]
    private partial void NotDone(string reaction, string alertId, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reactions could not be looked at; trying again in a second")]
    protected override partial void Failed(Exception error);
}
