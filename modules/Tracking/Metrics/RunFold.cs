using System.Runtime.InteropServices;
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

    // Enough for all sizes of blocks that grow by joining, and as far back as duplicates are looked for.
    private const int NewestBlocks = 16;

    // A client that logs its first steps again, over and over, would have all blocks of a long series written each time. Duplicates that are
    // further back stay beside each other: a history is sorted as it is read.
    private const int OverlappingBlocks = 4;

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
        foreach (var series in Newest(tx, runKey, fresh.Keys).GroupBy(block => block.KeyId))
        {
            var points = fresh[series.Key];
            foreach (var block in Joined(series, points))
            {
                PointCodec.Decode(tx.QueryOne($"SELECT points FROM tracking_metric_blocks WHERE run_key = {runKey} AND key_id = {series.Key} AND block_id = {block.BlockId}", row => row.GetFieldValue<byte[]>(0))!, points);
                tx.Execute($"DELETE FROM tracking_metric_blocks WHERE run_key = {runKey} AND key_id = {series.Key} AND block_id = {block.BlockId}");
            }
        }

        var blocks = new List<(Block Block, long FirstMs, byte[] Points)>();
        foreach (var (keyId, points) in fresh)
        {
            MetricPoint.Normalise(points);
            for (var from = 0; from < points.Count; from += BlockPoints)
            {
                var some = CollectionsMarshal.AsSpan(points).Slice(from, Math.Min(BlockPoints, points.Count - from));
                // The number in front keeps apart what different folds make; the chunk counts up behind it.
                blocks.Add((new Block(keyId, (blockId << 20) + (from / BlockPoints), some[^1].TimeMs, some.Length), some[0].TimeMs, PointCodec.Encode(some)));
            }
        }

        tx.ExecuteRows(
            blocks,
            row => $"({runKey}, {row.Block.KeyId}, {row.Block.BlockId}, {row.FirstMs}, {row.Block.LastMs}, {row.Block.Count}, {row.Points})",
            rows => $"INSERT INTO tracking_metric_blocks (run_key, key_id, block_id, first_ms, last_ms, point_count, points) VALUES {rows}");
    }

    /// <summary>
    /// The blocks that the new points join, newest first. One with room only while it is less than twice what joins it, as in a logarithmic merge: a point is
    /// written anew as often as its block doubles, not with each fold, and a series has few blocks that are not full.
    /// </summary>
    private static List<Block> Joined(IEnumerable<Block> newestFirst, List<MetricPoint> fresh)
    {
        var firstMs = fresh.Min(point => point.TimeMs);
        var (joined, count, growing) = (new List<Block>(), fresh.Count, true);
        foreach (var (block, place) in newestFirst.Select((block, place) => (block, place)))
        {
            var overlaps = place < OverlappingBlocks && block.LastMs >= firstMs;
            growing = growing && block.Count < Math.Min(BlockPoints, 2 * count);
            if (!overlaps && !growing) { continue; }

            joined.Add(block);
            count += block.Count;
        }

        return joined;
    }

    private static List<Block> Newest(ReadTx tx, long runKey, IEnumerable<long> keys) => tx.Query(
        $"""
        SELECT b.key_id, b.block_id, b.last_ms, b.point_count FROM (SELECT value FROM {tx.Dialect.IntegerList([.. keys])}) k
        JOIN tracking_metric_blocks b ON b.run_key = {runKey} AND b.key_id = k.value AND b.block_id >= COALESCE(
            (SELECT n.block_id FROM tracking_metric_blocks n WHERE n.run_key = {runKey} AND n.key_id = k.value ORDER BY n.block_id DESC LIMIT 1 OFFSET {NewestBlocks - 1}), 0)
        ORDER BY b.key_id, b.block_id DESC
        """, row => new Block(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), (int)row.GetInt64(3)));

    private readonly record struct Block(long KeyId, long BlockId, long LastMs, int Count);
}
