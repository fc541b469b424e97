using Slipway.Kernel;

namespace Slipway.Tracking.Trash;

/// <summary>A deleted run as the trash sees it.</summary>
internal sealed record TrashedRun(long Key, string Workspace, string RunId, string Name, long ExperimentId, string ExperimentName, long? DeletedMs);

/// <summary>A deleted experiment as the trash sees it.</summary>
/// <param name="LastMs">When it or the last run or model in it was deleted; null = it holds a run that is not deleted.</param>
internal sealed record TrashedExperiment(long Id, string Workspace, string Name, long? DeletedMs, long? LastMs);

/// <summary>A deleted logged model as the trash sees it.</summary>
internal sealed record TrashedModel(long Key, string Workspace, string ModelId, string Name, long ExperimentId, string ExperimentName, long DeletedMs);

/// <summary>What lies in the trash. Lists go from the longest deleted on; a position is the last row's, and the next page begins after it.</summary>
internal static class TrashStore
{
    /// <param name="workspace">Null = every one.</param>
    /// <param name="beforeMs">Only what was deleted by then; null = all of it.</param>
    /// <param name="scope">Only of these experiments; null = of all.</param>
    public static List<TrashedRun> Runs(ReadTx tx, string? workspace, long? beforeMs, (long DeletedMs, long Key) after, int limit, ObjectScope? scope = null) => tx.Query(
        $"""
        SELECT r.run_key, r.workspace, r.run_id, r.name, r.experiment_id, e.name, r.deleted_ms FROM tracking_runs r
        JOIN tracking_experiments e ON e.experiment_id = r.experiment_id
        WHERE r.deleted = 1 AND (r.deleted_ms, r.run_key) > ({after.DeletedMs}, {after.Key}) {Within("r", workspace, beforeMs)}{(scope ?? ObjectScope.Everything).And(tx.Dialect, "r.experiment_id", numbers: true)}
        ORDER BY r.deleted_ms, r.run_key LIMIT {limit}
        """, row => new TrashedRun(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5), row.GetInt64(6)));

    /// <inheritdoc cref="Runs"/>
    public static List<TrashedExperiment> Experiments(ReadTx tx, string? workspace, long? beforeMs, (long DeletedMs, long Key) after, int limit, ObjectScope? scope = null) => tx.Query(
        $"""
        SELECT e.experiment_id, e.workspace, e.name, e.deleted_ms,
            (SELECT COUNT(*) FROM (SELECT 1 FROM tracking_runs r WHERE r.experiment_id = e.experiment_id AND r.deleted = 0 LIMIT 1) AS active),
            (SELECT MAX(r.deleted_ms) FROM tracking_runs r WHERE r.experiment_id = e.experiment_id AND r.deleted = 1),
            (SELECT MAX(l.updated_ms) FROM tracking_models l WHERE l.experiment_id = e.experiment_id AND l.deleted = 1)
        FROM tracking_experiments e
        WHERE e.deleted = 1 AND (e.deleted_ms, e.experiment_id) > ({after.DeletedMs}, {after.Key}) {Within("e", workspace, beforeMs)}{(scope ?? ObjectScope.Everything).And(tx.Dialect, "e.experiment_id", numbers: true)}
        ORDER BY e.deleted_ms, e.experiment_id LIMIT {limit}
        """, Experiment);

    /// <summary>Logged models deleted by themselves. Nothing changes one after its deletion.</summary>
    /// <inheritdoc cref="Runs"/>
    public static List<TrashedModel> Models(ReadTx tx, string? workspace, long? beforeMs, (long DeletedMs, long Key) after, int limit, ObjectScope? scope = null) => tx.Query(
        $"""
        SELECT l.model_key, l.workspace, l.model_id, l.name, l.experiment_id, e.name, l.updated_ms FROM tracking_models l
        JOIN tracking_experiments e ON e.experiment_id = l.experiment_id
        WHERE l.deleted = 1 AND (l.updated_ms, l.model_key) > ({after.DeletedMs}, {after.Key}) {Within("l", workspace, beforeMs, "updated_ms")}{(scope ?? ObjectScope.Everything).And(tx.Dialect, "l.experiment_id", numbers: true)}
        ORDER BY l.updated_ms, l.model_key LIMIT {limit}
        """, row => new TrashedModel(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5), row.GetInt64(6)));

    /// <summary>Those of the runs that were deleted later than then.</summary>
    public static HashSet<string> RunsAfter(ReadTx tx, IReadOnlyCollection<string> runIds, long deletedMs) => [.. tx.Query(
        $"SELECT run_id FROM tracking_runs WHERE run_id IN (SELECT value FROM {tx.Dialect.TextList(runIds)}) AND deleted_ms > {deletedMs}", row => row.GetString(0))];

    /// <summary>Ids of runs of an experiment, deleted or not, by age.</summary>
    public static List<(long Key, string RunId)> RunsOf(ReadTx tx, long experimentId, long afterKey, int limit) => tx.Query(
        $"SELECT run_key, run_id FROM tracking_runs WHERE experiment_id = {experimentId} AND run_key > {afterKey} ORDER BY run_key LIMIT {limit}",
        row => (row.GetInt64(0), row.GetString(1)));

    /// <summary>Ids of logged models of an experiment, deleted or not, by age.</summary>
    public static List<(long Key, string ModelId)> ModelsOf(ReadTx tx, long experimentId, long afterKey, int limit) => tx.Query(
        $"SELECT model_key, model_id FROM tracking_models WHERE experiment_id = {experimentId} AND model_key > {afterKey} ORDER BY model_key LIMIT {limit}",
        row => (row.GetInt64(0), row.GetString(1)));

    /// <summary>How many files the runs have, and how large they are together.</summary>
    public static (long Files, long Bytes) Artifacts(ReadTx tx, IReadOnlyCollection<long> runKeys) => tx.QueryOne(
        $"SELECT COUNT(*), CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM tracking_artifacts WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(runKeys)})",
        row => (row.GetInt64(0), row.GetInt64(1)));

    /// <summary>Notes the time for a bounded part of what was put away before times were noted.</summary>
    /// <returns>True when there may be more.</returns>
    public static bool Stamp(WriteTx tx, int limit)
    {
        var now = tx.Clock.NowMs();
        var runs = tx.Execute($"UPDATE tracking_runs SET deleted_ms = {now} WHERE run_key IN (SELECT run_key FROM tracking_runs WHERE deleted = 1 AND deleted_ms IS NULL LIMIT {limit})");
        var experiments = tx.Execute(
            $"UPDATE tracking_experiments SET deleted_ms = {now} WHERE experiment_id IN (SELECT experiment_id FROM tracking_experiments WHERE deleted = 1 AND deleted_ms IS NULL LIMIT {limit})");
        return runs == limit || experiments == limit;
    }

    private static TrashedExperiment Experiment(System.Data.Common.DbDataReader row)
    {
        var deletedMs = row.GetInt64(3);
        long? lastMs = row.GetInt64(4) > 0 ? null : Math.Max(deletedMs, Math.Max(row.IsDBNull(5) ? 0 : row.GetInt64(5), row.IsDBNull(6) ? 0 : row.GetInt64(6)));
        return new TrashedExperiment(row.GetInt64(0), row.GetString(1), row.GetString(2), deletedMs, lastMs);
    }

    private static Sql Within(string table, string? workspace, long? beforeMs, string column = "deleted_ms")
    {
        Sql place = workspace is null ? Sql.Empty : $"AND {Kernel.Search.Comparisons.Literal(table)}.workspace = {workspace}";
        return beforeMs is null ? place : $"{place} AND {Kernel.Search.Comparisons.Literal($"{table}.{column}")} <= {beforeMs}";
    }
}
