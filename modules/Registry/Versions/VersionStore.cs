using System.Data.Common;
using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Versions;

internal static class VersionStore
{
    /// <summary>Versions of a run are asked for model by model when they belong to no more models than this.</summary>
    public const int ModelsAtOnce = 100;

    /// <summary>With tags and aliases; a problem when there is no such version, it was deleted, or the caller lacks the permission on its model.</summary>
    public static Result<ModelVersion> Find(ReadTx tx, Caller caller, Permission permission, string model, long version) =>
        Allowed(caller, permission, model, Faults.NoVersion(model, version), FindForServer(tx, caller.Workspace, model, version));

    /// <summary>The version whatever anybody may do with it: for the server's own work, and for rooms that ask for permission themselves.</summary>
    public static ModelVersion? FindForServer(ReadTx tx, string workspace, string model, long version) => tx.QueryOne(
        $"""
        {Columns} WHERE m.workspace = {workspace} AND m.name = {model} AND v.version = {version} AND v.deleted = 0
        """, Read) is { } found ? Complete(tx, [found])[0] : null;

    /// <summary>The newest version first.</summary>
    /// <param name="before">Only those with a smaller number.</param>
    public static List<ModelVersion> Newest(ReadTx tx, string modelId, long before, int limit) => Complete(tx, tx.Query(
        $"""
        {Columns} WHERE v.model_id = {modelId} AND v.version < {before} AND v.deleted = 0 ORDER BY v.version DESC LIMIT {limit}
        """, Read));

    /// <summary>The newest version of each stage of each model, by model and number; one look into an index for each stage, however many versions there are.</summary>
    /// <param name="aliases">False for those who do not show them.</param>
    public static List<ModelVersion> LatestOfStages(ReadTx tx, IReadOnlyCollection<string> modelIds, IReadOnlyCollection<ModelStage> stages, bool aliases) => Complete(tx, tx.Query(
        $"""
        SELECT {Comparisons.Literal(Fields)} FROM (
            SELECT ids.model_id, (
                SELECT n.version FROM registry_versions n WHERE n.model_id = ids.model_id AND n.stage = stages.stage AND n.deleted = 0 ORDER BY n.version DESC LIMIT 1
            ) AS latest
            FROM (SELECT value AS model_id FROM {tx.Dialect.TextList(modelIds)}) ids
            CROSS JOIN (SELECT value AS stage FROM {tx.Dialect.IntegerList([.. stages.Select(stage => (long)stage)])}) stages
        ) newest CROSS JOIN registry_versions v CROSS JOIN registry_models m
        WHERE v.model_id = newest.model_id AND v.version = newest.latest AND m.model_id = v.model_id ORDER BY v.model_id, v.version
        """, Read), aliases);

    /// <summary>A version of the same model file and evaluation, or without any evaluation of the same source; null when there is none.</summary>
    public static ModelVersion? FindSame(ReadTx tx, string workspace, string modelId, string modelDigest, string? evaluationDigest, string source) => tx.QueryOne(
        $"""
        {Columns} WHERE v.workspace = {workspace} AND v.model_id = {modelId} AND v.model_digest = {modelDigest} AND v.deleted = 0
            AND {(evaluationDigest is null ? (Sql)$"v.evaluation_digest IS NULL AND v.source = {source}" : (Sql)$"v.evaluation_digest = {evaluationDigest}")}
        ORDER BY v.version DESC LIMIT 1
        """, Read) is { } found ? Complete(tx, [found])[0] : null;

    public static Result<ModelVersion> OfAlias(ReadTx tx, Caller caller, Permission permission, string model, string alias) => Allowed(caller, permission, model, Faults.NoAlias(alias), tx.QueryOne(
        $"""
        {Columns} JOIN registry_aliases a ON a.model_id = v.model_id AND a.version = v.version
        WHERE m.workspace = {caller.Workspace} AND m.name = {model} AND a.alias = {alias} AND v.deleted = 0
        """, Read)).Then(found => Complete(tx, [found])[0]);

    /// <summary>Without their aliases, which searches do not show.</summary>
    /// <param name="lead">Whose indexes are to be used, <c>v</c> or <c>m</c>: those in which the order begins.</param>
    /// <param name="where">Begins with AND; may use <c>v</c> and <c>m</c>.</param>
    public static List<ModelVersion> Search(ReadTx tx, Caller caller, char lead, Sql where, Sql order, int limit, long offset) => Complete(tx, tx.Query(
        $"""
        {Columns} WHERE {Comparisons.Literal($"{lead}.workspace")} = {caller.Workspace} AND v.deleted = 0{caller.Reach(Permissions.ModelsRead).And(tx.Dialect, "m.name")} {where} ORDER BY {order} LIMIT {limit} OFFSET {offset}
        """, Read), aliases: false);

    /// <summary>As <see cref="Search"/> in the order of names and then the newest first, of one run: model by model, so that no more is read than the page and what stands before it.</summary>
    /// <param name="where">A fresh one for each call.</param>
    /// <returns>Null when so many models have versions of the run that asking one after the other is not worth while.</returns>
    public static List<ModelVersion>? SearchOfRun(ReadTx tx, Caller caller, string runId, Func<Sql> where, int limit, long offset)
    {
        var (models, found) = (ModelsOf(tx, caller.Workspace, runId), new List<ModelVersion>());
        if (models.Count > ModelsAtOnce) { return null; }

        foreach (var model in models)
        {
            Sql Some() => $"""
                WHERE m.model_id = {model} AND v.model_id = {model} AND v.workspace = {caller.Workspace} AND v.run_id = {runId} AND v.deleted = 0
                    {caller.Reach(Permissions.ModelsRead).And(tx.Dialect, "m.name")} {where()}
                """;
            var rows = tx.Query($"{Columns} {Some()} ORDER BY v.version DESC LIMIT {limit - found.Count} OFFSET {offset}", Read);
            found.AddRange(rows);
            if (found.Count >= limit) { break; }

            // All of this model stands before the page, or the page has begun.
            offset = offset == 0 || rows.Count > 0 ? 0 : offset - tx.QueryOne($"SELECT COUNT(*) FROM registry_versions v JOIN registry_models m ON m.model_id = v.model_id {Some()}", row => row.GetInt64(0));
        }

        return Complete(tx, found, aliases: false);
    }

    /// <summary>The models that have versions of a run, by name; one look into the index for each, however many versions there are.</summary>
    private static List<string> ModelsOf(ReadTx tx, string workspace, string runId) => tx.Query(
        $"""
        WITH RECURSIVE own(model_id) AS (
            SELECT MIN(f.model_id) FROM registry_versions f WHERE f.workspace = {workspace} AND f.run_id = {runId}
            UNION ALL
            SELECT (SELECT MIN(n.model_id) FROM registry_versions n WHERE n.workspace = {workspace} AND n.run_id = {runId} AND n.model_id > own.model_id) FROM own WHERE own.model_id IS NOT NULL
        )
        SELECT m.model_id FROM (SELECT model_id FROM own LIMIT {ModelsAtOnce + 1}) AS few JOIN registry_models m ON m.model_id = few.model_id ORDER BY m.name
        """, row => row.GetString(0));

    public static Evidence EvidenceOf(ReadTx tx, string modelId, long version) => Evidence.Parse(tx.QueryOne(
        $"SELECT evidence FROM registry_versions WHERE model_id = {modelId} AND version = {version}", row => row.GetString(0))!);

    /// <summary>Who registered a version, and when; null when there is no such version or it was deleted.</summary>
    public static (string ModelId, long CreatedMs, string By, string ByName)? IdentityOf(ReadTx tx, string workspace, string model, long version) => tx.Query(
        $"""
        SELECT v.model_id, v.created_ms, v.created_by, v.created_by_name FROM registry_versions v JOIN registry_models m ON m.model_id = v.model_id
        WHERE m.workspace = {workspace} AND m.name = {model} AND v.version = {version} AND v.deleted = 0
        """, row => ((string, long, string, string)?)(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3))).FirstOrDefault();

    /// <summary>By number, for those of the numbers that are there.</summary>
    public static Dictionary<long, Evidence> EvidenceOf(ReadTx tx, string modelId, IReadOnlyCollection<long> versions) => tx.Query(
        $"SELECT version, evidence FROM registry_versions WHERE model_id = {modelId} AND version IN (SELECT value FROM {tx.Dialect.IntegerList(versions)})",
        row => (Number: row.GetInt64(0), Evidence: Evidence.Parse(row.GetString(1)))).ToDictionary(row => row.Number, row => row.Evidence);

    public static void Insert(WriteTx tx, Caller caller, ModelVersion version, Evidence evidence)
    {
        tx.Send(
            $"""
            INSERT INTO registry_versions (model_id, version, workspace, stage, deleted, description, source, run_id, run_link, created_ms, updated_ms, created_by, created_by_name, model_digest, evaluation_digest, evidence, logged_model_id)
            VALUES ({version.ModelId}, {version.Number}, {caller.Workspace}, {(long)version.Stage}, 0, {version.Description}, {version.Source}, {version.RunId}, {version.RunLink},
                {version.CreatedMs}, {version.UpdatedMs}, {caller.Id}, {caller.Name}, {evidence.ModelDigest}, {evidence.EvaluationDigest}, {evidence.ToJson()}, {version.LoggedModelId})
            """);
        SetTags(tx, version, version.Tags);
    }

    public static void Describe(WriteTx tx, ModelVersion version) => tx.Execute(
        $"UPDATE registry_versions SET description = {version.Description}, updated_ms = {version.UpdatedMs} WHERE model_id = {version.ModelId} AND version = {version.Number}");

    public static void SetStage(WriteTx tx, ModelVersion version) => tx.Execute(
        $"UPDATE registry_versions SET stage = {(long)version.Stage}, updated_ms = {version.UpdatedMs} WHERE model_id = {version.ModelId} AND version = {version.Number}");

    /// <summary>The other versions of a stage, put into Archived.</summary>
    /// <returns>Their numbers.</returns>
    public static List<long> Archive(WriteTx tx, string modelId, ModelStage stage, long except, long nowMs) => tx.Query(
        $"""
        UPDATE registry_versions SET stage = {(long)ModelStage.Archived}, updated_ms = {nowMs}
        WHERE model_id = {modelId} AND stage = {(long)stage} AND version <> {except} AND deleted = 0 RETURNING version
        """, row => row.GetInt64(0));

    /// <summary>Hides the version; its row keeps the number taken and the digests known. Its aliases, tags and origins go.</summary>
    public static void Delete(WriteTx tx, ModelVersion version, long nowMs)
    {
        tx.Execute($"DELETE FROM registry_aliases WHERE model_id = {version.ModelId} AND version = {version.Number}");
        tx.Execute($"DELETE FROM registry_version_tags WHERE model_id = {version.ModelId} AND version = {version.Number}");
        VersionOrigins.Forget(tx, version.ModelId, version.Number);
        tx.Execute($"UPDATE registry_versions SET deleted = 1, updated_ms = {nowMs} WHERE model_id = {version.ModelId} AND version = {version.Number}");
    }

    public static void SetTags(WriteTx tx, ModelVersion version, IReadOnlyList<KeyValuePair<string, string>> tags) => tx.SendRows(
        tags,
        tag => $"({version.ModelId}, {version.Number}, {tag.Key}, {tag.Value})",
        rows => $"INSERT INTO registry_version_tags (model_id, version, name, value) VALUES {rows} ON CONFLICT (model_id, version, name) DO UPDATE SET value = EXCLUDED.value");

    /// <returns>Whether there was such a tag.</returns>
    public static bool DeleteTag(WriteTx tx, ModelVersion version, string key) =>
        tx.Execute($"DELETE FROM registry_version_tags WHERE model_id = {version.ModelId} AND version = {version.Number} AND name = {key}") > 0;

    private static Result<ModelVersion> Allowed(Caller caller, Permission permission, string model, Problem absent, ModelVersion? found) =>
        !caller.May(permission, model) ? caller.Refusal(permission, model, absent) : found is null ? absent : found;

    private const string Fields = "v.model_id, m.name, v.version, v.stage, v.description, v.source, v.run_id, v.run_link, v.created_ms, v.updated_ms, v.created_by_name, v.logged_model_id";

    private static Sql Columns => Comparisons.Literal($"SELECT {Fields} FROM registry_versions v JOIN registry_models m ON m.model_id = v.model_id");

    private static List<ModelVersion> Complete(ReadTx tx, List<ModelVersion> versions, bool aliases = true)
    {
        if (versions.Count == 0) { return versions; }

        string[] ids = [.. versions.Select(version => version.ModelId).Distinct()];
        long[] numbers = [.. versions.Select(version => version.Number).Distinct()];
        var tags = tx.Query(
            $"""
            SELECT model_id, version, name, value FROM registry_version_tags
            WHERE model_id IN (SELECT value FROM {tx.Dialect.TextList(ids)}) AND version IN (SELECT value FROM {tx.Dialect.IntegerList(numbers)}) ORDER BY name
            """, row => (Of: (row.GetString(0), row.GetInt64(1)), Tag: new KeyValuePair<string, string>(row.GetString(2), row.GetString(3)))).ToLookup(row => row.Of, row => row.Tag);
        var names = !aliases ? null : tx.Query(
            $"SELECT model_id, version, alias FROM registry_aliases WHERE model_id IN (SELECT value FROM {tx.Dialect.TextList(ids)}) ORDER BY alias",
            row => (Of: (row.GetString(0), row.GetInt64(1)), Alias: row.GetString(2))).ToLookup(row => row.Of, row => row.Alias);
        return [.. versions.Select(version => version with
        {
            Tags = [.. tags[(version.ModelId, version.Number)]],
            Aliases = names is null ? [] : [.. names[(version.ModelId, version.Number)]],
        })];
    }

    private static ModelVersion Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), (ModelStage)row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
        row.GetInt64(8), row.GetInt64(9), row.GetString(10))
    { LoggedModelId = row.IsDBNull(11) ? null : row.GetString(11) };
}
