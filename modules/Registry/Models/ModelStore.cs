using System.Data.Common;
using Slipway.Kernel;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Models;

internal static class ModelStore
{
    /// <summary>With tags and aliases; a problem when the workspace has no model of this name, or the caller lacks the permission on it.</summary>
    public static Result<Model> Find(ReadTx tx, Caller caller, Permission permission, string name) => FindBare(tx, caller, permission, name).Then(model => Complete(tx, [model])[0]);

    /// <summary>As <see cref="Find"/>, for those who need neither tags nor aliases.</summary>
    public static Result<Model> FindBare(ReadTx tx, Caller caller, Permission permission, string name) =>
        HolderOf(tx, caller.Workspace, name) is not { } model ? caller.Absence(Faults.NoModel(name))
        : caller.May(permission, name) ? model
        : caller.Refusal(permission, name, Faults.NoModel(name));

    /// <summary>Who has a name, without tags and aliases, whatever anybody may do with it: for names that must be unique.</summary>
    public static Model? HolderOf(ReadTx tx, string workspace, string name) => tx.QueryOne(
        $"""
        SELECT model_id, name, description, last_version, created_ms, updated_ms, created_by_name, deployment_job_id FROM registry_models
        WHERE workspace = {workspace} AND name = {name}
        """, Read);

    public static void Insert(WriteTx tx, Caller caller, Model model)
    {
        tx.Execute(
            $"""
            INSERT INTO registry_models (model_id, workspace, name, description, last_version, created_ms, updated_ms, created_by, created_by_name, deployment_job_id)
            VALUES ({model.Id}, {caller.Workspace}, {model.Name}, {model.Description}, 0, {model.CreatedMs}, {model.UpdatedMs}, {caller.Id}, {caller.Name}, {model.DeploymentJobId})
            """);
        SetTags(tx, model.Id, model.Tags);
    }

    public static void Rename(WriteTx tx, string modelId, string name, long nowMs)
    {
        tx.Execute($"UPDATE registry_models SET name = {name}, updated_ms = {nowMs} WHERE model_id = {modelId}");
        tx.Execute($"UPDATE registry_versions SET updated_ms = {nowMs} WHERE model_id = {modelId} AND deleted = 0");
    }

    public static void Describe(WriteTx tx, Model model) => tx.Execute(
        $"UPDATE registry_models SET description = {model.Description}, deployment_job_id = {model.DeploymentJobId}, updated_ms = {model.UpdatedMs} WHERE model_id = {model.Id}");

    /// <summary>Something below the model changed.</summary>
    public static void Touch(WriteTx tx, string modelId, long nowMs) => tx.Execute($"UPDATE registry_models SET updated_ms = {nowMs} WHERE model_id = {modelId}");

    /// <summary>The number of the next version, taken.</summary>
    public static NextVersion Next(WriteTx tx, string modelId, long nowMs) => Next(tx, $"model_id = {modelId}", nowMs)!;

    /// <summary>As the other; null when the workspace has no model of this name.</summary>
    public static NextVersion? Next(WriteTx tx, string workspace, string name, long nowMs) => Next(tx, $"workspace = {workspace} AND name = {name}", nowMs);

    /// <summary>Removes the model and everything below it.</summary>
    public static void Delete(WriteTx tx, string modelId)
    {
        tx.Execute($"DELETE FROM registry_aliases WHERE model_id = {modelId}");
        tx.Execute($"DELETE FROM registry_version_tags WHERE model_id = {modelId}");
        VersionOrigins.Forget(tx, modelId);
        tx.Execute($"DELETE FROM registry_versions WHERE model_id = {modelId}");
        tx.Execute($"DELETE FROM registry_model_tags WHERE model_id = {modelId}");
        tx.Execute($"DELETE FROM registry_models WHERE model_id = {modelId}");
    }

    public static void SetTags(WriteTx tx, string modelId, IReadOnlyList<KeyValuePair<string, string>> tags) => tx.ExecuteRows(
        tags,
        tag => $"({modelId}, {tag.Key}, {tag.Value})",
        rows => $"INSERT INTO registry_model_tags (model_id, name, value) VALUES {rows} ON CONFLICT (model_id, name) DO UPDATE SET value = EXCLUDED.value");

    /// <returns>Whether there was such a tag.</returns>
    public static bool DeleteTag(WriteTx tx, string modelId, string key) => tx.Execute($"DELETE FROM registry_model_tags WHERE model_id = {modelId} AND name = {key}") > 0;

    public static bool IsPrompt(ReadTx tx, string modelId) => tx.Exists(PromptMark($"{modelId}"));

    /// <summary>The models with their tags and aliases, in the same order.</summary>
    public static List<Model> Complete(ReadTx tx, List<Model> models)
    {
        if (models.Count == 0) { return models; }

        string[] ids = [.. models.Select(model => model.Id)];
        var tags = tx.Query(
            $"SELECT model_id, name, value FROM registry_model_tags WHERE model_id IN (SELECT value FROM {tx.Dialect.TextList(ids)}) ORDER BY name",
            row => (Id: row.GetString(0), Tag: new KeyValuePair<string, string>(row.GetString(1), row.GetString(2)))).ToLookup(row => row.Id, row => row.Tag);
        var aliases = tx.Query(
            $"SELECT model_id, alias, version FROM registry_aliases WHERE model_id IN (SELECT value FROM {tx.Dialect.TextList(ids)}) ORDER BY alias",
            row => (Id: row.GetString(0), Alias: new KeyValuePair<string, long>(row.GetString(1), row.GetInt64(2)))).ToLookup(row => row.Id, row => row.Alias);
        return [.. models.Select(model => model with { Tags = [.. tags[model.Id]], Aliases = [.. aliases[model.Id]] })];
    }

    /// <summary>By model; a model without versions has none.</summary>
    public static Dictionary<string, VersionCount> CountVersions(ReadTx tx, IReadOnlyCollection<string> modelIds) => tx.Query(
        $"""
        SELECT model_id, COUNT(*), MAX(version) FROM registry_versions
        WHERE model_id IN (SELECT value FROM {tx.Dialect.TextList(modelIds)}) AND deleted = 0 GROUP BY model_id
        """, row => (Id: row.GetString(0), Versions: new VersionCount(row.GetInt64(1), row.GetInt64(2)))).ToDictionary(row => row.Id, row => row.Versions, StringComparer.Ordinal);

    private static NextVersion? Next(WriteTx tx, Sql model, long nowMs) => tx.QueryOne(
        $"UPDATE registry_models SET last_version = last_version + 1, updated_ms = {nowMs} WHERE {model} RETURNING model_id, last_version, EXISTS ({PromptMark($"registry_models.model_id")})",
        row => new NextVersion(row.GetString(0), row.GetInt64(1), row.GetBoolean(2)));

    private static Sql PromptMark(Sql modelId) => $"SELECT 1 FROM registry_model_tags t WHERE t.model_id = {modelId} AND t.name = {Tags.IsPrompt} AND LOWER(t.value) = 'true'";

    public static Model Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetString(6))
    { DeploymentJobId = row.IsDBNull(7) ? null : row.GetString(7) };
}
