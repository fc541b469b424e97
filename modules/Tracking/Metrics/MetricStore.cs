using Slipway.Kernel;

namespace Slipway.Tracking.Metrics;

internal static class MetricStore
{
    // Bounds what one request holds in memory: about 4 million points of 3 to 10 bytes.
    private const int MaxTails = 100_000;

    public static void AddTail(WriteTx tx, long runKey, long tailId, byte[] points) =>
        tx.Send($"INSERT INTO tracking_metric_tails (run_key, tail_id, points) VALUES ({runKey}, {tailId}, {points})");

    /// <summary>Shows the later of the stored and the given point, per key.</summary>
    /// <param name="latest">At most one point per key.</param>
    public static void RaiseLatest(WriteTx tx, long runKey, long experimentId, IReadOnlyList<(long KeyId, MetricPoint Point)> latest) => tx.SendRows(
        latest,
        row => $"({runKey}, {row.KeyId}, {experimentId}, {double.IsNaN(row.Point.Value)}, {MetricPoint.Ranked(row.Point.Value)}, {row.Point.Step}, {row.Point.TimeMs})",
        rows =>
            $"""
            INSERT INTO tracking_metric_latest (run_key, key_id, experiment_id, is_nan, value, step, time_ms) VALUES {rows}
            ON CONFLICT (run_key, key_id) DO UPDATE SET is_nan = EXCLUDED.is_nan, value = EXCLUDED.value, step = EXCLUDED.step, time_ms = EXCLUDED.time_ms
            WHERE (EXCLUDED.step, EXCLUDED.time_ms, EXCLUDED.value) > (tracking_metric_latest.step, tracking_metric_latest.time_ms, tracking_metric_latest.value)
            """);

    /// <summary>Every point of one series, by time, step and value, without duplicates: the blocks and what is not folded yet.</summary>
    public static List<MetricPoint> History(ReadTx tx, long runKey, long keyId)
    {
        var points = new List<MetricPoint>();
        tx.ForEach(
            $"SELECT points FROM tracking_metric_blocks WHERE run_key = {runKey} AND key_id = {keyId} ORDER BY block_id",
            row => PointCodec.Decode(row.GetFieldValue<byte[]>(0), points));
        var tail = new Dictionary<long, List<MetricPoint>> { [keyId] = points };
        tx.ForEach(
            $"SELECT points FROM tracking_metric_tails WHERE run_key = {runKey} ORDER BY tail_id LIMIT {MaxTails}",
            row => TailCodec.Decode(row.GetFieldValue<byte[]>(0), tail, keyId));
        MetricPoint.Normalise(points);
        return points;
    }
}
