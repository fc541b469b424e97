using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Ports;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Trash;

/// <summary>
/// Erases runs, logged models and experiments for good, each batch in one transaction with its audit entries and facts. A run vanishes at once, with parameters, tags, latest values and the
/// names of its files; the points of its series follow in the background (<see cref="EmptyPurged"/>), and bytes that nothing names any more are swept by the kernel.
/// </summary>
internal sealed class Purge(IEnumerable<IRunHolder> holders, IObjectGrants grants)
{
    /// <summary>Runs or models of one transaction.</summary>
    public const int Batch = 50;

    private static readonly string[] TablesByRun =
        ["tracking_metric_latest", "tracking_params", "tracking_tags", "tracking_artifacts", "tracking_run_datasets", "tracking_run_dataset_tags", "tracking_run_models"];

    private static readonly string[] TablesByModel = ["tracking_model_tags", "tracking_model_params", "tracking_model_metrics", "tracking_models"];

    private readonly IRunHolder[] _holders = [.. holders];

    /// <summary>Those of the runs or models that somebody needs, each with what for.</summary>
    public IReadOnlyDictionary<string, string> Held(ReadTx tx, Caller caller, IEnumerable<string> ids) => ids.Chunk(IRunHolder.Most)
        .SelectMany(some => _holders.SelectMany(holder => holder.Held(tx, caller, some))).DistinctBy(held => held.Key).ToDictionary(held => held.Key, held => held.Value, StringComparer.Ordinal);

    /// <summary>Which of the runs can go: those that are deleted and needed by nobody; and what keeps the others.</summary>
    /// <param name="ids">At most <see cref="Batch"/>.</param>
    /// <param name="dueMs">Only what was deleted by then; null = all.</param>
    public (List<Run> Gone, List<KeptItem> Kept) Sorted(ReadTx tx, Caller caller, IReadOnlyCollection<string> ids, long? dueMs)
    {
        var (held, early) = (Held(tx, caller, ids), dueMs is { } due ? TrashStore.RunsAfter(tx, ids, due) : []);
        var (gone, kept) = (new List<Run>(), new List<KeptItem>());
        foreach (var id in ids)
        {
            if (RunStore.FindForServer(tx, caller.Workspace, id) is not { } run) { kept.Add(new KeptItem("run", id, "There is no such run in this workspace.")); }
            else if (!run.Deleted) { kept.Add(new KeptItem("run", id, "It is not in the trash; delete it first.")); }
            else if (held.TryGetValue(id, out var by)) { kept.Add(new KeptItem("run", id, $"It is needed by {by}.")); }
            else if (early.Contains(id)) { kept.Add(new KeptItem("run", id, "Its time is not over.")); }
            else { gone.Add(run); }
        }

        return (gone, kept);
    }

    /// <summary>Erases runs.</summary>
    /// <param name="gone">As <see cref="Sorted"/> gave them in the same transaction.</param>
    /// <param name="why">What the audit log tells.</param>
    public static void Runs(WriteTx tx, Caller caller, IReadOnlyList<Run> gone, PurgeReason why)
    {
        if (gone.Count == 0) { return; }

        long[] keys = [.. gone.Select(run => run.Key)];
        foreach (var table in TablesByRun)
        {
            tx.Execute($"DELETE FROM {Kernel.Search.Comparisons.Literal(table)} WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})");
        }

        tx.Execute($"DELETE FROM tracking_runs WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})");
        // An import may have brought one back that was purged before.
        tx.ExecuteRows(
            gone, run => $"({run.RunId}, {caller.Workspace}, {run.Key}, {tx.Clock.NowMs()}, 0)",
            rows => $"""
                INSERT INTO tracking_purged (run_id, workspace, run_key, purged_ms, emptied) VALUES {rows}
                ON CONFLICT (run_id) DO UPDATE SET workspace = EXCLUDED.workspace, run_key = EXCLUDED.run_key, purged_ms = EXCLUDED.purged_ms, emptied = 0
                """);
        foreach (var run in gone)
        {
            tx.Audit(caller, Actions.RunPurge, $"run/{run.RunId}", run, null, why.Reason, why.Policy);
            tx.Publish(caller, new RunPurged(caller.Workspace, run.RunId, run.ExperimentIdText));
        }
    }

    /// <summary>Which of the logged models can go: those that are deleted, or whose experiment is, and that nobody needs; and what keeps the others.</summary>
    /// <inheritdoc cref="Sorted"/>
    public (List<LoggedModel> Gone, List<KeptItem> Kept) SortedModels(ReadTx tx, Caller caller, IReadOnlyCollection<string> ids, long? dueMs)
    {
        var (held, gone, kept) = (Held(tx, caller, ids), new List<LoggedModel>(), new List<KeptItem>());
        foreach (var id in ids)
        {
            var model = LoggedModelStore.FindForServer(tx, caller.Workspace, id);
            var why = model is null ? "There is no such logged model in this workspace."
                : !model.Deleted && ExperimentStore.FindForServer(tx, caller.Workspace, model.ExperimentId) is not { Deleted: true } ? "It is not in the trash; delete it first."
                : held.TryGetValue(id, out var by) ? $"It is needed by {by}."
                : model.Deleted && model.UpdatedMs > dueMs ? "Its time is not over."
                : null;
            if (why is null) { gone.Add(model!); }
            else { kept.Add(new KeptItem("loggedModel", id, why)); }
        }

        return (gone, kept);
    }

    /// <summary>Erases logged models with tags, parameters, what was measured of them and the names of their files.</summary>
    /// <param name="gone">As <see cref="SortedModels"/> gave them in the same transaction.</param>
    /// <inheritdoc cref="Runs"/>
    public static void Models(WriteTx tx, Caller caller, IReadOnlyList<LoggedModel> gone, PurgeReason why)
    {
        long[] keys = [.. gone.Select(model => model.Key)];
        foreach (var table in TablesByModel) { tx.Execute($"DELETE FROM {Kernel.Search.Comparisons.Literal(table)} WHERE model_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})"); }

        tx.Execute($"DELETE FROM tracking_artifacts WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})");
        foreach (var model in gone) { tx.Audit(caller, Actions.LoggedModelPurge, $"loggedModel/{model.ModelId}", model, null, why.Reason, why.Policy); }
    }

    /// <summary>Erases an experiment that is deleted and has neither runs nor logged models any more, with the grants on it; its name is free from then on, its id never.</summary>
    /// <returns>What keeps it; null = it is gone.</returns>
    public KeptItem? Experiment(WriteTx tx, Caller caller, long id, PurgeReason why)
    {
        if (Keeps(tx, caller, id) is { } kept) { return kept; }

        if (TrashStore.RunsOf(tx, id, 0, 1).Count > 0 || TrashStore.ModelsOf(tx, id, 0, 1).Count > 0) { return new KeptItem("experiment", $"{id}", "Some of its runs or models are kept."); }

        var experiment = ExperimentStore.FindForServer(tx, caller.Workspace, id)!;
        tx.Execute($"DELETE FROM tracking_datasets WHERE experiment_id = {id}");
        ExperimentStore.Erase(tx, id);
        grants.Gone(tx, experiment.Ref(caller.Workspace));
        tx.Audit(caller, Actions.ExperimentPurge, $"experiment/{id}", experiment.ToView(), null, why.Reason, why.Policy);
        tx.Publish(caller, new ExperimentPurged(caller.Workspace, experiment.IdText, experiment.Name));
        return null;
    }

    /// <summary>What keeps an experiment from being purged, whatever runs it has; null = nothing.</summary>
    public KeptItem? Keeps(ReadTx tx, Caller caller, long id) => ExperimentStore.FindForServer(tx, caller.Workspace, id) switch
    {
        null => new KeptItem("experiment", $"{id}", "There is no such experiment in this workspace."),
        { Deleted: false } => new KeptItem("experiment", $"{id}", "It is not in the trash; delete it first."),
        { Name: DefaultExperiment.Name } => new KeptItem("experiment", $"{id}", "The experiment Default stays; its runs can be purged."),
        _ => NeededModel(tx, caller, id) is { } by ? new KeptItem("experiment", $"{id}", $"A model that its runs logged is needed by {by}.") : null,
    };

    private string? NeededModel(ReadTx tx, Caller caller, long experimentId)
    {
        for (var after = 0L; TrashStore.ModelsOf(tx, experimentId, after, IRunHolder.Most) is { Count: > 0 } page; after = page[^1].Key)
        {
            if (Held(tx, caller, page.Select(model => model.ModelId)).Values.FirstOrDefault() is { } by) { return by; }
        }

        return null;
    }
}

/// <summary>Why something is purged, for the audit log.</summary>
/// <param name="Reason">What somebody said, or the rule.</param>
/// <param name="Policy">What allowed it.</param>
internal sealed record PurgeReason(string? Reason, string? Policy);
