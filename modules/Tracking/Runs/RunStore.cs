using System.Data.Common;
using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Runs;

internal static class RunStore
{
    /// <summary>The run, deleted or not; a problem when the workspace has none of this id, or the caller lacks the permission on its experiment.</summary>
    public static Result<Run> Find(ReadTx tx, Caller caller, Permission permission, string runId) =>
        Allowed(tx, caller, permission, runId, FindForServer(tx, caller.Workspace, runId));

    /// <summary>
    /// As <see cref="Find"/>, for a write of rows that carry the run's experiment: until it has ended the run is not moved to another. Whoever changes the run itself holds it by that, and finds it by
    /// <see cref="Find"/> in a serialisable write.
    /// </summary>
    public static Result<Run> FindAndHold(WriteTx tx, Caller caller, Permission permission, string runId) =>
        Allowed(tx, caller, permission, runId, One(tx, caller.Workspace, runId, tx.Dialect.HoldRows()));

    /// <summary>Waits for whoever writes to the runs of these ids, and keeps everybody else from them until the append has ended.</summary>
    public static void HoldAlone(WriteTx tx, string workspace, IReadOnlyCollection<string> runIds) => tx.ForEach(
        $"SELECT run_key FROM tracking_runs WHERE run_id IN (SELECT value FROM {tx.Dialect.TextList(runIds)}) AND workspace = {workspace} ORDER BY run_key {tx.Dialect.HoldRows(alone: true)}", _ => { });

    /// <summary>The run whatever anybody may do with it: for the server's own work only.</summary>
    public static Run? FindForServer(ReadTx tx, string workspace, string runId) => One(tx, workspace, runId, Sql.Empty);

    /// <summary>The newest active run of the experiment with this value of a tag; null when there is none.</summary>
    /// <param name="value">At most 100 characters, which the index holds.</param>
    public static Run? FindByTag(ReadTx tx, string workspace, long experimentId, string tag, string value) => tx.QueryOne(
        $"""
        SELECT r.run_key, r.run_id, r.experiment_id, r.name, r.user_id, r.status, r.start_ms, r.end_ms, r.deleted, r.artifact_uri
        FROM tracking_tags t JOIN tracking_runs r ON r.run_key = t.run_key
        WHERE t.experiment_id = {experimentId} AND t.name = {tag} AND substr(t.value, 1, 100) = {value} AND r.workspace = {workspace} AND r.deleted = {false}
        ORDER BY r.run_key DESC LIMIT 1
        """, Read);

    /// <summary>Ids of at most 100 active runs that have not ended and whose origin is this one or below it.</summary>
    public static List<string> OpenOf(ReadTx tx, string workspace, string origin) => tx.Query(
        $"""
        SELECT r.run_id FROM tracking_tags t JOIN tracking_runs r ON r.run_key = t.run_key
        WHERE t.name = 'slipway.origin' AND r.workspace = {workspace} AND r.deleted = {false} AND r.status IN ({(long)RunStatus.Running}, {(long)RunStatus.Scheduled})
          AND (substr(t.value, 1, 100) = {origin} OR (substr(t.value, 1, 100) >= {origin + "/"} AND substr(t.value, 1, 100) < {origin + "0"}))
        LIMIT 100
        """, row => row.GetString(0));

    public static void Insert(WriteTx tx, string workspace, Run run) => tx.Send(
        $"""
        INSERT INTO tracking_runs (run_key, run_id, workspace, experiment_id, name, user_id, status, start_ms, end_ms, deleted, artifact_uri)
        VALUES ({run.Key}, {run.RunId}, {workspace}, {run.ExperimentId}, {run.Name}, {run.UserId}, {(long)run.Status}, {run.StartMs}, {run.EndMs}, {run.Deleted}, {run.ArtifactUri})
        """);

    public static void Update(WriteTx tx, Run run) =>
        tx.Execute($"UPDATE tracking_runs SET name = {run.Name}, status = {(long)run.Status}, end_ms = {run.EndMs} WHERE run_key = {run.Key}");

    public static void Rename(WriteTx tx, long runKey, string name) => tx.Execute($"UPDATE tracking_runs SET name = {name} WHERE run_key = {runKey}");

    public static void SetDeleted(WriteTx tx, long runKey, bool deleted) =>
        tx.Execute($"UPDATE tracking_runs SET deleted = {deleted}, deleted_ms = {(deleted ? (long?)tx.Clock.NowMs() : null)} WHERE run_key = {runKey}");

    /// <summary>When the run was purged, Unix ms; null = the workspace never had it, or has it.</summary>
    public static long? PurgedMs(ReadTx tx, string workspace, string runId) =>
        tx.QueryOne($"SELECT purged_ms FROM tracking_purged WHERE run_id = {runId} AND workspace = {workspace}", row => (long?)row.GetInt64(0));

    public static void SetTags(WriteTx tx, Run run, IReadOnlyList<KeyValuePair<string, string>> tags) => tx.SendRows(
        tags,
        tag => $"({run.Key}, {tag.Key}, {run.ExperimentId}, {tag.Value})",
        rows => $"INSERT INTO tracking_tags (run_key, name, experiment_id, value) VALUES {rows} ON CONFLICT (run_key, name) DO UPDATE SET value = EXCLUDED.value");

    public static string? Tag(ReadTx tx, long runKey, string name) =>
        tx.QueryOne($"SELECT value FROM tracking_tags WHERE run_key = {runKey} AND name = {name}", row => row.GetString(0));

    public static bool DeleteTag(WriteTx tx, long runKey, string key) => tx.Execute($"DELETE FROM tracking_tags WHERE run_key = {runKey} AND name = {key}") == 1;

    /// <summary>Adds the parameters that are new; those that are there stay as they are.</summary>
    /// <returns>The number added.</returns>
    public static int AddParams(WriteTx tx, Run run, IReadOnlyList<KeyValuePair<string, string>> parameters) => tx.ExecuteRows(
        parameters,
        param => $"({run.Key}, {param.Key}, {run.ExperimentId}, {param.Value})",
        rows => $"INSERT INTO tracking_params (run_key, name, experiment_id, value) VALUES {rows} ON CONFLICT (run_key, name) DO NOTHING");

    /// <summary>The values of those of <paramref name="names"/> that the run has.</summary>
    public static Dictionary<string, string> Params(ReadTx tx, long runKey, IReadOnlyCollection<string> names) => tx.Query(
        $"SELECT name, value FROM tracking_params WHERE run_key = {runKey} AND name IN (SELECT value FROM {tx.Dialect.TextList(names)})",
        row => (row.GetString(0), row.GetString(1))).ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);

    /// <summary>The runs with what was logged to them, in the order of their keys as given.</summary>
    /// <param name="only">Null = all of it.</param>
    public static List<RunWithData> Load(ReadTx tx, IReadOnlyList<long> runKeys, RunProjection? only = null)
    {
        var runs = new Dictionary<long, RunWithData>(runKeys.Count);
        var queries = new List<(Sql, Action<DbDataReader>)>(4)
        {
            ($"""
            SELECT run_key, run_id, experiment_id, name, user_id, status, start_ms, end_ms, deleted, artifact_uri
            FROM tracking_runs WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(runKeys)})
            """, row => runs[row.GetInt64(0)] = new RunWithData(Read(row))),
        };
        if (only?.Metrics is not { Count: 0 })
        {
            queries.Add((Metrics(tx.Dialect, runKeys, only?.Metrics), row =>
                runs[row.GetInt64(0)].Metrics.Add((row.GetString(1), new MetricPoint(row.GetInt64(2), row.GetInt64(3), row.GetInt64(5) == 1 ? double.NaN : row.GetDouble(4))))));
        }

        if (only?.Params is not { Count: 0 }) { queries.Add((Texts(tx.Dialect, "tracking_params", runKeys, only?.Params), row => runs[row.GetInt64(0)].Params.Add((row.GetString(1), row.GetString(2))))); }

        if (only?.Tags is not { Count: 0 }) { queries.Add((Texts(tx.Dialect, "tracking_tags", runKeys, only?.Tags), row => runs[row.GetInt64(0)].Tags.Add((row.GetString(1), row.GetString(2))))); }

        tx.ForEach(queries);
        return [.. runKeys.Select(key => runs[key])];
    }

    /// <summary>The run with its tags alone.</summary>
    public static RunWithData WithTags(ReadTx tx, Run run)
    {
        var found = new RunWithData(run);
        tx.ForEach($"SELECT name, value FROM tracking_tags WHERE run_key = {run.Key}", row => found.Tags.Add((row.GetString(0), row.GetString(1))));
        return found;
    }

    private static Sql Metrics(ISqlDialect dialect, IReadOnlyList<long> runKeys, IReadOnlyCollection<string>? only)
    {
        var some = only is null ? Sql.Empty : (Sql)$"AND m.key_id IN (SELECT key_id FROM tracking_metric_keys WHERE name IN (SELECT value FROM {dialect.TextList(only)}))";
        return $"""
            SELECT m.run_key, k.name, m.time_ms, m.step, m.value, m.is_nan FROM tracking_metric_latest m
            JOIN tracking_metric_keys k ON k.key_id = m.key_id WHERE m.run_key IN (SELECT value FROM {dialect.IntegerList(runKeys)}) {some}
            """;
    }

    private static Sql Texts(ISqlDialect dialect, string table, IReadOnlyList<long> runKeys, IReadOnlyCollection<string>? only)
    {
        var some = only is null ? Sql.Empty : (Sql)$"AND name IN (SELECT value FROM {dialect.TextList(only)})";
        return $"SELECT run_key, name, value FROM {Comparisons.Literal(table)} WHERE run_key IN (SELECT value FROM {dialect.IntegerList(runKeys)}) {some}";
    }

    private static Run? One(ReadTx tx, string workspace, string runId, Sql end) => tx.QueryOne(
        $"""
        SELECT run_key, run_id, experiment_id, name, user_id, status, start_ms, end_ms, deleted, artifact_uri
        FROM tracking_runs WHERE run_id = {runId} AND workspace = {workspace} {end}
        """, Read);

    private static Result<Run> Allowed(ReadTx tx, Caller caller, Permission permission, string runId, Run? found) =>
        found is not { } run ? Faults.NoRun(tx, caller.Workspace, runId)
        : caller.May(permission, run.ExperimentId) ? run
        : caller.Refusal(permission, run.ExperimentIdText, Faults.NoRun(runId));

    private static Run Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), (RunStatus)row.GetInt64(5),
        row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.GetInt64(8) != 0, row.GetString(9));
}
