using Slipway.Kernel;

namespace Slipway.Tracking.Trash;

/// <summary>Removes the points of purged runs, a bounded piece at a time; what a crash has left is found again.</summary>
internal static class EmptyPurged
{
    private const int Rows = 500;

    /// <summary>A purged run that still has points.</summary>
    internal sealed record Full(long Key, string RunId, string Workspace);

    /// <summary>The next one by key; null = there is none.</summary>
    public static Full? Next(ReadTx tx, long afterKey) => tx.QueryOne(
        $"SELECT run_key, run_id, workspace FROM tracking_purged WHERE emptied = 0 AND run_key > {afterKey} ORDER BY run_key LIMIT 1",
        row => new Full(row.GetInt64(0), row.GetString(1), row.GetString(2)));

    /// <returns>True when there may be more of this run.</returns>
    public static bool Step(WriteTx tx, long run)
    {
        var tails = tx.Execute(
            $"DELETE FROM tracking_metric_tails WHERE run_key = {run} AND tail_id IN (SELECT tail_id FROM tracking_metric_tails WHERE run_key = {run} LIMIT {Rows})");
        var blocks = tx.Execute(
            $"""
            DELETE FROM tracking_metric_blocks WHERE run_key = {run}
                AND (key_id, block_id) IN (SELECT key_id, block_id FROM tracking_metric_blocks WHERE run_key = {run} LIMIT {Rows})
            """);
        if (tails == Rows || blocks == Rows) { return true; }

        tx.Execute($"UPDATE tracking_purged SET emptied = 1 WHERE run_key = {run} AND emptied = 0");
        return false;
    }
}
