using System.Data.Common;
using Slipway.Kernel;

namespace Slipway.Tracking.Experiments;

internal static class ExperimentStore
{
    // Of the table of numbers: the greatest id that was purged.
    private const string PurgedIds = "purged_experiment";

    /// <summary>The experiment with its tags, deleted or not; null when the workspace has none of this id.</summary>
    public static Experiment? Find(ReadTx tx, string workspace, long id) => WithTags(tx, FindWithoutTags(tx, workspace, id));

    /// <summary>As <see cref="Find"/>, for those who need no tags.</summary>
    public static Experiment? FindWithoutTags(ReadTx tx, string workspace, long id) => tx.QueryOne(
        $"""
        SELECT experiment_id, name, artifact_location, deleted, created_ms, updated_ms FROM tracking_experiments
        WHERE workspace = {workspace} AND experiment_id = {id}
        """, Read);

    /// <summary>Those of the ids that the workspace has.</summary>
    public static List<long> OfWorkspace(ReadTx tx, string workspace, IReadOnlyCollection<long> ids) => tx.Query(
        $"""
        SELECT experiment_id FROM tracking_experiments
        WHERE workspace = {workspace} AND experiment_id IN (SELECT value FROM {tx.Dialect.IntegerList(ids)})
        """, row => row.GetInt64(0));

    public static Experiment? FindByName(ReadTx tx, string workspace, string name) => WithTags(tx, tx.QueryOne(
        $"""
        SELECT experiment_id, name, artifact_location, deleted, created_ms, updated_ms FROM tracking_experiments
        WHERE workspace = {workspace} AND name = {name}
        """, Read));

    /// <summary>The number that the next experiment gets: MLflow's clients count on decimal ids, one after the other. That of a purged one is never given again.</summary>
    public static long NextId(WriteTx tx) => tx.QueryOne(
        $"""
        SELECT COALESCE(MAX(id), 0) + 1 FROM (
            SELECT MAX(experiment_id) AS id FROM tracking_experiments UNION ALL SELECT next FROM tracking_numbers WHERE name = {PurgedIds}) AS ids
        """, row => row.GetInt64(0));

    /// <summary>Removes the experiment, which has no runs.</summary>
    public static void Erase(WriteTx tx, long id)
    {
        tx.Execute($"DELETE FROM tracking_experiment_tags WHERE experiment_id = {id}");
        tx.Execute($"DELETE FROM tracking_experiments WHERE experiment_id = {id}");
        tx.Execute(
            $"""
            INSERT INTO tracking_numbers (name, next) VALUES ({PurgedIds}, {id})
            ON CONFLICT (name) DO UPDATE SET next = EXCLUDED.next WHERE EXCLUDED.next > tracking_numbers.next
            """);
    }

    public static void Insert(WriteTx tx, string workspace, Experiment experiment)
    {
        tx.Execute(
            $"""
            INSERT INTO tracking_experiments (experiment_id, workspace, name, artifact_location, deleted, created_ms, updated_ms)
            VALUES ({experiment.Id}, {workspace}, {experiment.Name}, {experiment.ArtifactLocation}, {experiment.Deleted}, {experiment.CreatedMs}, {experiment.UpdatedMs})
            """);
        SetTags(tx, experiment.Id, [.. experiment.Tags]);
    }

    public static void Rename(WriteTx tx, long id, string name, long nowMs) =>
        tx.Execute($"UPDATE tracking_experiments SET name = {name}, updated_ms = {nowMs} WHERE experiment_id = {id}");

    /// <summary>Marks the experiment and every run of it.</summary>
    public static void SetDeleted(WriteTx tx, long id, bool deleted, long nowMs)
    {
        long? deletedMs = deleted ? nowMs : null;
        tx.Execute($"UPDATE tracking_experiments SET deleted = {deleted}, deleted_ms = {deletedMs}, updated_ms = {nowMs} WHERE experiment_id = {id}");
        tx.Execute($"UPDATE tracking_runs SET deleted = {deleted}, deleted_ms = {deletedMs} WHERE experiment_id = {id} AND deleted = {!deleted}");
    }

    public static void SetTags(WriteTx tx, long id, IReadOnlyList<KeyValuePair<string, string>> tags) => tx.ExecuteRows(
        tags,
        tag => $"({id}, {tag.Key}, {tag.Value})",
        rows => $"INSERT INTO tracking_experiment_tags (experiment_id, name, value) VALUES {rows} ON CONFLICT (experiment_id, name) DO UPDATE SET value = EXCLUDED.value");

    public static bool DeleteTag(WriteTx tx, long id, string key) =>
        tx.Execute($"DELETE FROM tracking_experiment_tags WHERE experiment_id = {id} AND name = {key}") == 1;

    /// <summary>The experiments with their tags, in the same order.</summary>
    public static List<Experiment> WithTags(ReadTx tx, List<Experiment> experiments)
    {
        var tags = new Dictionary<long, Dictionary<string, string>>();
        tx.ForEach(
            $"""
            SELECT experiment_id, name, value FROM tracking_experiment_tags
            WHERE experiment_id IN (SELECT value FROM {tx.Dialect.IntegerList([.. experiments.Select(experiment => experiment.Id)])}) ORDER BY name
            """,
            row =>
            {
                if (!tags.TryGetValue(row.GetInt64(0), out var own)) { tags[row.GetInt64(0)] = own = []; }

                own[row.GetString(1)] = row.GetString(2);
            });
        return [.. experiments.Select(experiment => tags.TryGetValue(experiment.Id, out var own) ? experiment with { Tags = own } : experiment)];
    }

    public static Experiment Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3) != 0, row.GetInt64(4), row.GetInt64(5));

    private static Experiment? WithTags(ReadTx tx, Experiment? experiment) => experiment is null ? null : WithTags(tx, [experiment])[0];
}
