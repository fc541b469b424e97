using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Ports;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Trash;

/// <summary>
/// Erases runs and experiments for good, each batch in one transaction with its audit entries and facts. A run vanishes at once, with parameters, tags, latest values and the names of its
/// files; the points of its series follow in the background (<see cref="EmptyPurged"/>), and bytes that nothing names any more are swept by the kernel.
/// </summary>
internal static class Purge
{
    /// <summary>Runs of one transaction.</summary>
    public const int Batch = 50;

    private static readonly string[] TablesByRun =
        ["tracking_metric_latest", "tracking_params", "tracking_tags", "tracking_artifacts", "tracking_run_datasets", "tracking_run_dataset_tags", "tracking_run_models"];

    private static readonly string[] TablesByModel = ["tracking_model_tags", "tracking_model_params", "tracking_model_metrics"];

    /// <summary>Erases those of the runs that are deleted and needed by nobody.</summary>
    /// <param name="runs">At most <see cref="Batch"/>.</param>
    /// <param name="policy">What allowed it.</param>
    /// <returns>The runs that went, and what keeps the others.</returns>
    public static (List<Run> Gone, List<KeptItem> Kept) Runs(
        WriteTx tx, Caller caller, IReadOnlyCollection<string> runs, IReadOnlyCollection<IRunHolder> holders, string? reason, string? policy)
    {
        var (gone, kept) = Sorted(tx, caller.Workspace, runs, holders);
        if (gone.Count == 0) { return (gone, kept); }

        long[] keys = [.. gone.Select(run => run.Key)];
        foreach (var table in TablesByRun)
        {
            tx.Execute($"DELETE FROM {Kernel.Search.Comparisons.Literal(table)} WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})");
        }

        tx.Execute($"DELETE FROM tracking_runs WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})");
        tx.ExecuteRows(
            gone, run => $"({run.RunId}, {caller.Workspace}, {run.Key}, {tx.Clock.NowMs()}, 0)",
            rows => $"INSERT INTO tracking_purged (run_id, workspace, run_key, purged_ms, emptied) VALUES {rows}");
        foreach (var run in gone)
        {
            tx.Audit(caller, Actions.RunPurge, $"run/{run.RunId}", run, null, reason, policy);
            tx.Publish(caller, new RunPurged(caller.Workspace, run.RunId, run.ExperimentIdText));
        }

        return (gone, kept);
    }

    /// <summary>Which of the runs can go, and what keeps the others.</summary>
    public static (List<Run> Gone, List<KeptItem> Kept) Sorted(ReadTx tx, string workspace, IReadOnlyCollection<string> runs, IReadOnlyCollection<IRunHolder> holders)
    {
        var held = holders.SelectMany(holder => holder.Held(tx, workspace, runs)).ToLookup(one => one.Key, one => one.Value, StringComparer.Ordinal);
        var (gone, kept) = (new List<Run>(), new List<KeptItem>());
        foreach (var id in runs)
        {
            if (RunStore.FindForServer(tx, workspace, id) is not { } run) { kept.Add(new KeptItem("run", id, "There is no such run in this workspace.")); }
            else if (!run.Deleted) { kept.Add(new KeptItem("run", id, "It is not in the trash; delete it first.")); }
            else if (held[id].FirstOrDefault() is { } by) { kept.Add(new KeptItem("run", id, $"It is needed by {by}.")); }
            else { gone.Add(run); }
        }

        return (gone, kept);
    }

    /// <summary>Erases an experiment that is deleted and has no run any more, with the models that its runs logged; its name is free from then on, its id never.</summary>
    /// <returns>What keeps it; null = it is gone.</returns>
    public static KeptItem? Experiment(WriteTx tx, Caller caller, long id, IReadOnlyCollection<IRunHolder> holders, string? reason, string? policy)
    {
        if (Keeps(tx, caller.Workspace, id, holders) is { } kept) { return kept; }

        if (TrashStore.RunsOf(tx, id, 0, 1).Count > 0) { return new KeptItem("experiment", $"{id}", "Some of its runs are kept."); }

        var experiment = ExperimentStore.FindForServer(tx, caller.Workspace, id)!;
        foreach (var table in TablesByModel)
        {
            tx.Execute($"DELETE FROM {Kernel.Search.Comparisons.Literal(table)} WHERE model_key IN (SELECT model_key FROM tracking_models WHERE experiment_id = {id})");
        }

        tx.Execute($"DELETE FROM tracking_artifacts WHERE run_key IN (SELECT model_key FROM tracking_models WHERE experiment_id = {id})");
        tx.Execute($"DELETE FROM tracking_models WHERE experiment_id = {id}");
        tx.Execute($"DELETE FROM tracking_datasets WHERE experiment_id = {id}");
        ExperimentStore.Erase(tx, id);
        tx.Audit(caller, Actions.ExperimentPurge, $"experiment/{id}", experiment.ToView(), null, reason, policy);
        tx.Publish(caller, new ExperimentPurged(caller.Workspace, experiment.IdText, experiment.Name));
        return null;
    }

    /// <summary>What keeps an experiment from being purged, whatever runs it has; null = nothing.</summary>
    public static KeptItem? Keeps(ReadTx tx, string workspace, long id, IReadOnlyCollection<IRunHolder> holders) => ExperimentStore.FindForServer(tx, workspace, id) switch
    {
        null => new KeptItem("experiment", $"{id}", "There is no such experiment in this workspace."),
        { Deleted: false } => new KeptItem("experiment", $"{id}", "It is not in the trash; delete it first."),
        { Name: DefaultExperiment.Name } => new KeptItem("experiment", $"{id}", "The experiment Default stays; its runs can be purged."),
        _ => ModelsOf(tx, id).Chunk(IRunHolder.Most).SelectMany(models => holders.SelectMany(holder => holder.Held(tx, workspace, models))).Select(held => held.Value).FirstOrDefault() is { } by
            ? new KeptItem("experiment", $"{id}", $"A model that its runs logged is needed by {by}.")
            : null,
    };

    private static List<string> ModelsOf(ReadTx tx, long experimentId) =>
        tx.Query($"SELECT model_id FROM tracking_models WHERE experiment_id = {experimentId} LIMIT {Limits.QueryRows}", row => row.GetString(0));
}
