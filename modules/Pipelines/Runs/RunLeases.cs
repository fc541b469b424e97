using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Engine;

namespace Slipway.Pipelines.Runs;

/// <summary>Who drives which run. A claim is new with each taking: whoever lost it can write nothing more, even when it does not know yet.</summary>
internal static class RunLeases
{
    public const long ForMs = 20_000;

    /// <summary>Whether any run waits to be taken; looked at before written, so that an idle server does not write.</summary>
    /// <param name="driven">Runs that this process drives: one whose lease it renewed too late is not taken a second time beside itself.</param>
    public static bool AnyFree(ReadTx tx, long nowMs, IReadOnlyCollection<string> driven) => tx.Exists(
        $"""
        SELECT 1 FROM pipelines_runs
        WHERE ended_ms IS NULL AND lease_until_ms < {nowMs} AND run_id NOT IN (SELECT value FROM {tx.Dialect.TextList(driven)}) LIMIT 1
        """);

    /// <summary>Takes the oldest open runs that nobody drives.</summary>
    /// <param name="evenMine">Also those that this holder has a lease on: at the start of its process, when nothing of it can be running.</param>
    /// <param name="driven">As for <see cref="AnyFree"/>.</param>
    public static List<(string RunId, string Workspace)> Take(WriteTx tx, string holder, string claim, bool evenMine, IReadOnlyCollection<string> driven, int count)
    {
        var now = tx.Clock.NowMs();
        Sql mine = evenMine ? $"OR lease_holder = {holder}" : Sql.Empty;
        return tx.Query(
            $"""
            UPDATE pipelines_runs SET lease_holder = {holder}, lease_claim = {claim}, lease_until_ms = {now + ForMs}, state = {(long)PipelineRunState.Running}
            WHERE run_id IN (
                SELECT run_id FROM pipelines_runs WHERE ended_ms IS NULL AND (lease_until_ms < {now} {mine})
                    AND run_id NOT IN (SELECT value FROM {tx.Dialect.TextList(driven)}) ORDER BY run_id LIMIT {count})
            RETURNING run_id, workspace
            """, row => (row.GetString(0), row.GetString(1)));
    }

    /// <summary>By run and claim: those taken together share a claim, and one of them that is no longer driven must not stay claimed.</summary>
    public static void Renew(WriteTx tx, IReadOnlyCollection<ClaimedRun> runs) => tx.Execute(
        $"""
        UPDATE pipelines_runs SET lease_until_ms = {tx.Clock.NowMs() + ForMs}
        WHERE ended_ms IS NULL AND {Claimed(tx, runs)}
        """);

    /// <summary>Those of the claimed runs that somebody wants cancelled.</summary>
    public static List<string> Cancelled(ReadTx tx, IReadOnlyCollection<ClaimedRun> runs) => tx.Query(
        $"""
        SELECT run_id FROM pipelines_runs
        WHERE ended_ms IS NULL AND cancel_ms IS NOT NULL AND {Claimed(tx, runs)} LIMIT {Limits.QueryRows}
        """, row => row.GetString(0));

    /// <exception cref="LeaseLostException">Another process drives the run now, or it has ended.</exception>
    public static void Check(ReadTx tx, string runId, string claim)
    {
        if (!Holds(tx, runId, claim)) { throw new LeaseLostException(runId); }
    }

    public static bool Holds(ReadTx tx, string runId, string claim) => tx.Exists($"SELECT 1 FROM pipelines_runs WHERE run_id = {runId} AND lease_claim = {claim} AND ended_ms IS NULL");

    /// <summary>Lets the next process take it, from <paramref name="fromMs"/> on.</summary>
    public static void Release(WriteTx tx, string runId, long fromMs) => tx.Execute($"UPDATE pipelines_runs SET lease_until_ms = {fromMs}, lease_holder = {""} WHERE run_id = {runId}");

    // A process drives a run under one claim at a time, so the two lists meet in the right pairs only.
    private static Sql Claimed(ReadTx tx, IReadOnlyCollection<ClaimedRun> runs) =>
        $"run_id IN (SELECT value FROM {tx.Dialect.TextList([.. runs.Select(run => run.RunId)])}) AND lease_claim IN (SELECT value FROM {tx.Dialect.TextList([.. runs.Select(run => run.Claim).Distinct(StringComparer.Ordinal)])})";
}

/// <summary>Another process drives the run now.</summary>
internal sealed class LeaseLostException(string runId) : Exception($"Run {runId} is driven by another process now.");
