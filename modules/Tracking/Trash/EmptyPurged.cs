using Slipway.Kernel;

namespace Slipway.Tracking.Trash;

/// <summary>Removes the points of purged runs, a bounded piece at a time; what a crash has left is found again.</summary>
internal static class EmptyPurged
{
    private const int Rows = 500;

    /// <returns>True when there may be more.</returns>
    public static bool Step(WriteTx tx)
    {
        if (tx.Query($"SELECT run_key FROM tracking_purged WHERE emptied = 0 ORDER BY run_key LIMIT 1", row => row.GetInt64(0)) is not [var run]) { return false; }

        var tails = tx.Execute(
            $"DELETE FROM tracking_metric_tails WHERE run_key = {run} AND tail_id IN (SELECT tail_id FROM tracking_metric_tails WHERE run_key = {run} LIMIT {Rows})");
        var blocks = tx.Execute(
            $"""
            DELETE FROM tracking_metric_blocks WHERE run_key = {run}
                AND (key_id, block_id) IN (SELECT key_id, block_id FROM tracking_metric_blocks WHERE run_key = {run} LIMIT {Rows})
            """);
        if (tails < Rows && blocks < Rows) { tx.Execute($"UPDATE tracking_purged SET emptied = 1 WHERE run_key = {run} AND emptied = 0"); }

        return true;
    }
}
