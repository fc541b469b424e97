using Slipway.Kernel;

namespace Slipway.Tracking.Metrics;

/// <summary>One bounded step of folding a run: some tails go, their points join the blocks of their series.</summary>
internal static class RunFold
{
    /// <summary>Points in a full block: about 10 to 40 KB.</summary>
    public const int BlockPoints = 4_096;

    // Bounds how long other writers wait for one step: a few milliseconds.
    private const int TailsPerStep = 1_000;
    private const int BytesPerStep = 128 * 1024;

    // A client that logs its first steps again, over and over, would have all blocks of a long series written each time. Duplicates that are
    // further back stay beside each other: a history is sorted as it is read.
    private const int TouchedBlocks = 4;

    /// <param name="blockId">A number that no block has yet.</param>
    /// <returns>True when tails may be left.</returns>
    public static bool Step(WriteTx tx, long runKey, long blockId)
    {
        var fresh = new Dictionary<long, List<MetricPoint>>();
        var (ids, bytes) = (new List<long>(), 0);
        // Exactly the tails that were read are deleted below: one with a lower id may still be on its way.
        tx.ForEach($"SELECT tail_id, points FROM tracking_metric_tails WHERE run_key = {runKey} ORDER BY tail_id LIMIT {TailsPerStep}", row =>
        {
            if (bytes >= BytesPerStep) { return; }

            var points = row.GetFieldValue<byte[]>(1);
            bytes += points.Length;
            ids.Add(row.GetInt64(0));
            TailCodec.Decode(points, fresh);
        });
        if (ids.Count == 0) { return false; }

        tx.Execute($"DELETE FROM tracking_metric_tails WHERE run_key = {runKey} AND tail_id IN (SELECT value FROM {tx.Dialect.IntegerList(ids)})");
        Merge(tx, runKey, blockId, fresh);
        return bytes >= BytesPerStep || ids.Count == TailsPerStep;
    }

    private static void Merge(WriteTx tx, long runKey, long blockId, Dictionary<long, List<MetricPoint>> fresh)
    {
        var firstMs = fresh.Values.Min(points => points.Min(point => point.TimeMs));
        // Of the newest blocks those that overlap the new points in time, so that duplicates meet, and those with room.
        var touched = tx.Query(
            $"""
            SELECT key_id, block_id, points FROM tracking_metric_blocks b
            WHERE run_key = {runKey} AND key_id IN (SELECT value FROM {tx.Dialect.IntegerList(fresh.Keys)})
                AND (last_ms >= {firstMs} OR point_count < {BlockPoints})
                AND block_id IN (SELECT n.block_id FROM tracking_metric_blocks n WHERE n.run_key = b.run_key AND n.key_id = b.key_id ORDER BY n.block_id DESC LIMIT {TouchedBlocks})
            ORDER BY key_id, block_id
            """, row => (KeyId: row.GetInt64(0), BlockId: row.GetInt64(1), Points: row.GetFieldValue<byte[]>(2)));
        foreach (var (keyId, oldId, points) in touched)
        {
            PointCodec.Decode(points, fresh[keyId]);
            tx.Execute($"DELETE FROM tracking_metric_blocks WHERE run_key = {runKey} AND key_id = {keyId} AND block_id = {oldId}");
        }

        var blocks = new List<(long KeyId, long BlockId, MetricPoint[] Points)>();
        foreach (var (keyId, points) in fresh)
        {
            MetricPoint.Normalise(points);
            // The number in front keeps apart what different folds make; the chunk counts up behind it.
            blocks.AddRange(points.Chunk(BlockPoints).Select((chunk, i) => (keyId, (blockId << 20) + i, chunk)));
        }

        tx.ExecuteRows(
            blocks,
            block => $"({runKey}, {block.KeyId}, {block.BlockId}, {block.Points[0].TimeMs}, {block.Points[^1].TimeMs}, {block.Points.Length}, {PointCodec.Encode(block.Points)})",
            rows => $"INSERT INTO tracking_metric_blocks (run_key, key_id, block_id, first_ms, last_ms, point_count, points) VALUES {rows}");
    }
}
