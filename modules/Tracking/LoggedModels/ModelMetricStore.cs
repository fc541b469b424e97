using Slipway.Kernel;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.LoggedModels;

internal static class ModelMetricStore
{
    /// <summary>Shows the later of the stored and the given value, per model, key, run and dataset.</summary>
    /// <param name="points">At most one per key, model and dataset.</param>
    /// <returns>The problem of a model that the workspace has not; null when all is stored.</returns>
    public static Problem? Raise(WriteTx tx, Caller caller, string runId, IReadOnlyList<(long KeyId, MeasuredPoint Point)> points)
    {
        string[] ids = [.. points.Select(point => point.Point.ModelId).Distinct(StringComparer.Ordinal)];
        var keys = LoggedModelStore.ActiveKeys(tx, caller, Permissions.RunsWrite, ids);
        if (Array.Find(ids, id => !keys.ContainsKey(id)) is { } unknown) { return LoggedModel.NotFound(unknown); }

        tx.ExecuteRows(
            points,
            row =>
                $"""
                ({keys[row.Point.ModelId]}, {row.KeyId}, {runId}, {row.Point.DatasetName}, {row.Point.DatasetDigest}, {double.IsNaN(row.Point.Point.Value)},
                    {MetricPoint.Ranked(row.Point.Point.Value)}, {row.Point.Point.Step}, {row.Point.Point.TimeMs})
                """,
            rows =>
                $"""
                INSERT INTO tracking_model_metrics (model_key, key_id, run_id, dataset_name, dataset_digest, is_nan, value, step, time_ms) VALUES {rows}
                ON CONFLICT (model_key, key_id, run_id, dataset_name, dataset_digest)
                DO UPDATE SET is_nan = EXCLUDED.is_nan, value = EXCLUDED.value, step = EXCLUDED.step, time_ms = EXCLUDED.time_ms
                WHERE (EXCLUDED.step, EXCLUDED.time_ms, EXCLUDED.value) > (tracking_model_metrics.step, tracking_model_metrics.time_ms, tracking_model_metrics.value)
                """);
        return null;
    }
}
