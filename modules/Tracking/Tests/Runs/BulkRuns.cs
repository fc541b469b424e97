using Slipway.Kernel;

namespace Slipway.Tracking.Tests.Runs;

/// <summary>Runs straight into the tables, for searches that need many: <c>r0</c>, <c>r1</c>, … with metric acc rising, and param rare = yes on each hundredth.</summary>
internal static class BulkRuns
{
    public static Task Add(Db db, long experiment, int count) => db.Write(tx =>
    {
        const long Key = 900_001;
        tx.Execute($"INSERT INTO tracking_metric_keys (key_id, name) VALUES ({Key}, 'acc')");
        var all = Enumerable.Range(0, count).Select(i => (Number: i, Id: i.ToString("x32", null), Name: $"r{i}", Rare: i % 100 == 0 ? "yes" : "no")).ToList();
        tx.ExecuteRows(
            all, run => $"({1_000_000L + run.Number}, {run.Id}, 'default', {experiment}, {run.Name}, '', 1, {run.Number}, 0, '')",
            rows => $"INSERT INTO tracking_runs (run_key, run_id, workspace, experiment_id, name, user_id, status, start_ms, deleted, artifact_uri) VALUES {rows}");
        tx.ExecuteRows(
            all, run => $"({1_000_000L + run.Number}, {Key}, {experiment}, 0, {(double)run.Number / count}, 0, 0)",
            rows => $"INSERT INTO tracking_metric_latest (run_key, key_id, experiment_id, is_nan, value, step, time_ms) VALUES {rows}");
        tx.ExecuteRows(
            all, run => $"({1_000_000L + run.Number}, 'rare', {experiment}, {run.Rare})",
            rows => $"INSERT INTO tracking_params (run_key, name, experiment_id, value) VALUES {rows}");
    }, CancellationToken.None);
}
