using System.Data.Common;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.LoggedModels;

internal static class LoggedModelStore
{
    /// <summary>The model, deleted or not; a problem when the workspace has none of this id, or the caller lacks the permission on its experiment.</summary>
    public static Result<LoggedModel> Find(ReadTx tx, Caller caller, Permission permission, string modelId) =>
        FindForServer(tx, caller.Workspace, modelId) is not { } model ? LoggedModel.NotFound(modelId)
        : caller.May(permission, model.ExperimentId) ? model
        : caller.Refusal(permission, model.ExperimentIdText, LoggedModel.NotFound(modelId));

    /// <summary>The model whatever anybody may do with it: for the server's own work, and for rooms that have asked already.</summary>
    public static LoggedModel? FindForServer(ReadTx tx, string workspace, string modelId) => tx.QueryOne(
        $"""
        SELECT model_key, model_id, experiment_id, name, model_type, source_run_id, status, artifact_uri, created_ms, updated_ms, deleted
        FROM tracking_models WHERE model_id = {modelId} AND workspace = {workspace}
        """, Read);

    /// <summary>The model unless it was deleted, or the problem.</summary>
    public static Result<LoggedModel> FindActive(ReadTx tx, Caller caller, Permission permission, string modelId) =>
        Find(tx, caller, permission, modelId).Fails(out var missing, out var model) ? missing : model.Deleted ? LoggedModel.NotFound(modelId) : model;

    /// <summary>The keys of those of the ids that are models of the workspace, not deleted, and with which the caller may do it.</summary>
    public static Dictionary<string, long> ActiveKeys(ReadTx tx, Caller caller, Permission permission, IReadOnlyCollection<string> modelIds) => tx.Query(
        $"""
        SELECT model_id, model_key FROM tracking_models WHERE model_id IN (SELECT value FROM {tx.Dialect.TextList(modelIds)})
            AND workspace = {caller.Workspace} AND deleted = 0{caller.Reach(permission).And(tx.Dialect, "experiment_id", numbers: true)}
        """,
        row => (Id: row.GetString(0), Key: row.GetInt64(1))).ToDictionary(row => row.Id, row => row.Key, StringComparer.Ordinal);

    /// <summary>Active models of the workspace that are among the ids or name the run as their source, by age; at most 1,000.</summary>
    public static List<LoggedModel> OfRun(ReadTx tx, Caller caller, string runId, IReadOnlyCollection<string> modelIds) => tx.Query(
        $"""
        SELECT model_key, model_id, experiment_id, name, model_type, source_run_id, status, artifact_uri, created_ms, updated_ms, deleted FROM tracking_models
        WHERE workspace = {caller.Workspace} AND deleted = 0{caller.Reach(Permissions.RunsRead).And(tx.Dialect, "experiment_id", numbers: true)} AND (model_id IN (SELECT value FROM {tx.Dialect.TextList(modelIds)}) OR (source_run_id = {runId} AND source_run_id <> ''))
        ORDER BY created_ms, model_id LIMIT 1000
        """, Read);

    public static void Insert(WriteTx tx, string workspace, LoggedModel model) => tx.Execute(
        $"""
        INSERT INTO tracking_models (model_key, model_id, workspace, experiment_id, name, model_type, source_run_id, status, artifact_uri, created_ms, updated_ms, deleted)
        VALUES ({model.Key}, {model.ModelId}, {workspace}, {model.ExperimentId}, {model.Name}, {model.ModelType}, {model.SourceRunId}, {(long)model.Status}, {model.ArtifactUri},
            {model.CreatedMs}, {model.UpdatedMs}, {model.Deleted})
        """);

    public static void Update(WriteTx tx, LoggedModel model) => tx.Execute(
        $"UPDATE tracking_models SET status = {(long)model.Status}, deleted = {model.Deleted}, updated_ms = {model.UpdatedMs} WHERE model_key = {model.Key}");

    public static void SetTags(WriteTx tx, long modelKey, IReadOnlyList<KeyValuePair<string, string>> tags) => tx.ExecuteRows(
        tags,
        tag => $"({modelKey}, {tag.Key}, {tag.Value})",
        rows => $"INSERT INTO tracking_model_tags (model_key, name, value) VALUES {rows} ON CONFLICT (model_key, name) DO UPDATE SET value = EXCLUDED.value");

    public static string? Tag(ReadTx tx, long modelKey, string name) =>
        tx.QueryOne($"SELECT value FROM tracking_model_tags WHERE model_key = {modelKey} AND name = {name}", row => row.GetString(0));

    public static bool DeleteTag(WriteTx tx, long modelKey, string name) =>
        tx.Execute($"DELETE FROM tracking_model_tags WHERE model_key = {modelKey} AND name = {name}") == 1;

    /// <summary>Adds the parameters that are new; those that are there stay as they are.</summary>
    public static void AddParams(WriteTx tx, long modelKey, IReadOnlyList<KeyValuePair<string, string>> parameters) => tx.ExecuteRows(
        parameters,
        param => $"({modelKey}, {param.Key}, {param.Value})",
        rows => $"INSERT INTO tracking_model_params (model_key, name, value) VALUES {rows} ON CONFLICT (model_key, name) DO NOTHING");

    /// <summary>The values of those of <paramref name="names"/> that the model has.</summary>
    public static Dictionary<string, string> Params(ReadTx tx, long modelKey, IReadOnlyCollection<string> names) => tx.Query(
        $"SELECT name, value FROM tracking_model_params WHERE model_key = {modelKey} AND name IN (SELECT value FROM {tx.Dialect.TextList(names)})",
        row => (row.GetString(0), row.GetString(1))).ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);

    /// <summary>The models with all that is known of them, in the order of their keys as given.</summary>
    public static List<LoggedModelWithData> Load(ReadTx tx, IReadOnlyList<long> modelKeys)
    {
        var models = new Dictionary<long, LoggedModelWithData>(modelKeys.Count);
        tx.ForEach(
            $"""
            SELECT model_key, model_id, experiment_id, name, model_type, source_run_id, status, artifact_uri, created_ms, updated_ms, deleted
            FROM tracking_models WHERE model_key IN (SELECT value FROM {tx.Dialect.IntegerList(modelKeys)})
            """, row => models[row.GetInt64(0)] = new LoggedModelWithData(Read(row)));
        tx.ForEach(
            $"SELECT model_key, name, value FROM tracking_model_tags WHERE model_key IN (SELECT value FROM {tx.Dialect.IntegerList(modelKeys)}) ORDER BY model_key, name",
            row => models[row.GetInt64(0)].Tags.Add((row.GetString(1), row.GetString(2))));
        tx.ForEach(
            $"SELECT model_key, name, value FROM tracking_model_params WHERE model_key IN (SELECT value FROM {tx.Dialect.IntegerList(modelKeys)}) ORDER BY model_key, name",
            row => models[row.GetInt64(0)].Params.Add((row.GetString(1), row.GetString(2))));
        tx.ForEach(
            $"""
            SELECT m.model_key, k.name, m.time_ms, m.step, m.value, m.is_nan, m.run_id, m.dataset_name, m.dataset_digest FROM tracking_model_metrics m
            JOIN tracking_metric_keys k ON k.key_id = m.key_id WHERE m.model_key IN (SELECT value FROM {tx.Dialect.IntegerList(modelKeys)})
            ORDER BY k.name, m.run_id, m.dataset_name, m.dataset_digest
            """,
            row => models[row.GetInt64(0)].Metrics.Add(new ModelMetric(
                row.GetString(1), new MetricPoint(row.GetInt64(2), row.GetInt64(3), row.GetInt64(5) == 1 ? double.NaN : row.GetDouble(4)), row.GetString(6), row.GetString(7), row.GetString(8))));
        return [.. modelKeys.Select(key => models[key])];
    }

    private static LoggedModel Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), (LoggedModelStatus)row.GetInt64(6), row.GetString(7),
        row.GetInt64(8), row.GetInt64(9), row.GetInt64(10) != 0);
}
