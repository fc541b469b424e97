using Slipway.Kernel;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Trash;

/// <summary>
/// Erases logged models that were deleted by themselves, with tags, parameters, what was measured of them and the names of their files. MLflow cannot restore one, so the trash does not list
/// them; they wait their time nevertheless, as those who deleted one by mistake may still read it.
/// </summary>
internal static class PurgeModels
{
    /// <summary>Models of one transaction.</summary>
    public const int Batch = 50;

    private static readonly string[] Tables = ["tracking_model_tags", "tracking_model_params", "tracking_model_metrics", "tracking_models"];

    /// <summary>A deleted model as the trash sees it.</summary>
    internal sealed record Due(string Workspace, string ModelId, long DeletedMs, long Key);

    /// <summary>Those deleted by a moment, from the longest deleted on.</summary>
    /// <param name="after">The last row of the page before; nothing changes a model after its deletion.</param>
    public static List<Due> Deleted(ReadTx tx, long untilMs, (long DeletedMs, long Key) after, int limit) => tx.Query(
        $"""
        SELECT workspace, model_id, updated_ms, model_key FROM tracking_models
        WHERE deleted = 1 AND updated_ms <= {untilMs} AND (updated_ms, model_key) > ({after.DeletedMs}, {after.Key}) ORDER BY updated_ms, model_key LIMIT {limit}
        """, row => new Due(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)));

    /// <summary>Erases those that are deleted and that no version needs.</summary>
    /// <param name="modelIds">At most <see cref="Batch"/>.</param>
    /// <param name="policy">What allowed it.</param>
    /// <returns>How many went.</returns>
    public static int Erase(WriteTx tx, Caller caller, IReadOnlyCollection<string> modelIds, IReadOnlyCollection<IRunHolder> holders, string reason, string policy)
    {
        var held = holders.SelectMany(holder => holder.Held(tx, caller.Workspace, modelIds).Keys).ToHashSet(StringComparer.Ordinal);
        var gone = modelIds.Where(id => !held.Contains(id)).Select(id => LoggedModelStore.FindForServer(tx, caller.Workspace, id)).OfType<LoggedModel>().Where(model => model.Deleted).ToList();
        long[] keys = [.. gone.Select(model => model.Key)];
        foreach (var table in Tables) { tx.Execute($"DELETE FROM {Kernel.Search.Comparisons.Literal(table)} WHERE model_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})"); }

        tx.Execute($"DELETE FROM tracking_artifacts WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})");
        foreach (var model in gone) { tx.Audit(caller, Actions.LoggedModelPurge, $"loggedModel/{model.ModelId}", model, null, reason, policy); }

        return gone.Count;
    }
}
