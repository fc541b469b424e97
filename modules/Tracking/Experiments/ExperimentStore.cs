using System.Data.Common;
using Slipway.Kernel;

namespace Slipway.Tracking.Experiments;

internal static class ExperimentStore
{
    // Of the table of numbers: the greatest id that was purged.
    private const string PurgedIds = "purged_experiment";

    /// <summary>The experiment with its tags, deleted or not; a problem when the workspace has none of this id, or the caller lacks the permission on it.</summary>
    public static Result<Experiment> Find(ReadTx tx, Caller caller, Permission permission, long id) => FindWithoutTags(tx, caller, permission, id).Then(found => WithTags(tx, [found])[0]);

    /// <summary>As <see cref="Find"/>, for those who need no tags.</summary>
    public static Result<Experiment> FindWithoutTags(ReadTx tx, Caller caller, Permission permission, long id) => Allowed(caller, permission, Faults.NoExperiment($"{id}"), tx.QueryOne(
        $"""
        SELECT experiment_id, name, artifact_location, deleted, created_ms, updated_ms FROM tracking_experiments
        WHERE workspace = {caller.Workspace} AND experiment_id = {id}
        """, Read));

    /// <summary>The experiment with its tags, whatever anybody may do with it: for the server's own work, and for those who may do everything.</summary>
    public static Experiment? FindForServer(ReadTx tx, string workspace, long id) => tx.QueryOne(
        $"""
        SELECT experiment_id, name, artifact_location, deleted, created_ms, updated_ms FROM tracking_experiments
        WHERE workspace = {workspace} AND experiment_id = {id}
        """, Read) is { } found ? WithTags(tx, [found])[0] : null;

    public static Result<Experiment> FindByName(ReadTx tx, Caller caller, Permission permission, string name) =>
        Allowed(caller, permission, new Problem(404, "not_found", $"Could not find experiment with name '{name}'"), HolderOf(tx, caller.Workspace, name)).Then(found => WithTags(tx, [found])[0]);

    /// <summary>Those of the ids that the workspace has and with which the caller may do it.</summary>
    /// <param name="ids">Null = all of the workspace.</param>
    /// <returns>Null when all were asked for and all may be used.</returns>
    public static List<long>? Reach(ReadTx tx, Caller caller, Permission permission, IReadOnlyCollection<long>? ids)
    {
        var scope = caller.Reach(permission);
        if (ids is null && scope.IsEverything) { return null; }

        Sql named = ids is null ? Sql.Empty : $" AND experiment_id IN (SELECT value FROM {tx.Dialect.IntegerList(ids)})";
        return tx.Query(
            $"SELECT experiment_id FROM tracking_experiments WHERE workspace = {caller.Workspace}{named}{scope.And(tx.Dialect, "experiment_id", numbers: true)}", row => row.GetInt64(0));
    }

    /// <summary>Who has a name, without tags, whatever anybody may do with it: for names that must be unique, and for the server's own work.</summary>
    public static Experiment? HolderOf(ReadTx tx, string workspace, string name) => tx.QueryOne(
        $"""
        SELECT experiment_id, name, artifact_location, deleted, created_ms, updated_ms FROM tracking_experiments
        WHERE workspace = {workspace} AND name = {name}
        """, Read);

    public static string? NameOf(ReadTx tx, string workspace, long id) =>
        tx.QueryOne($"SELECT name FROM tracking_experiments WHERE workspace = {workspace} AND experiment_id = {id}", row => row.GetString(0));

    /// <summary>The number that the next experiment gets: MLflow's clients count on decimal ids, one after the other. That of a purged one is never given again.</summary>
    public static long NextId(WriteTx tx) => tx.QueryOne(
        $"""
        SELECT COALESCE(MAX(id), 0) + 1 FROM (
            SELECT MAX(experiment_id) AS id FROM tracking_experiments UNION ALL SELECT next FROM tracking_numbers WHERE name = {PurgedIds}) AS ids
        """, row => row.GetInt64(0));

    /// <summary>True for an id that no experiment has or had. Of what was purged only the greatest id is known, so up to it none is free.</summary>
    public static bool IsFree(ReadTx tx, long id) => !tx.Exists(
        $"SELECT 1 FROM tracking_experiments WHERE experiment_id = {id} UNION ALL SELECT 1 FROM tracking_numbers WHERE name = {PurgedIds} AND next >= {id}");

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

    /// <summary>Keeps others from deleting or restoring the experiment until the append has ended; who had begun to does it again, and sees what the append has done.</summary>
    public static void Hold(WriteTx tx, string workspace, long id) => tx.Execute($"UPDATE tracking_experiments SET deleted = deleted WHERE workspace = {workspace} AND experiment_id = {id}");

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

    private static Result<Experiment> Allowed(Caller caller, Permission permission, Problem absent, Experiment? found) =>
        found is null ? caller.Absence(absent) : caller.May(permission, found.Id) ? found : caller.Refusal(permission, found.IdText, absent);
}
