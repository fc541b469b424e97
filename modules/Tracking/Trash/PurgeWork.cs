using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Trash;

/// <summary>One call's purging, batch by batch: asks the gate, erases or only counts, and sums up. One thread.</summary>
/// <param name="dueMs">Only what was deleted by then; null = all.</param>
internal sealed class PurgeWork(Caller caller, Db db, IGate gate, Purge purge, bool dryRun, string? reason, long? dueMs = null)
{
    private static readonly Dictionary<string, string> NoEvidence = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<KeptItem> _kept = [];
    private long _runs;
    private long _experiments;
    private long _models;
    private long _files;
    private long _bytes;
    private bool _more;

    /// <summary>True while this call may purge further runs.</summary>
    private bool Room => _runs < PurgeTrash.Most && _seen.Count < 10 * PurgeTrash.Most;

    public PurgeReport Report() => new(dryRun, _runs, _experiments, _files, _bytes, [.. _kept.Take(PurgeTrash.Most)], _more, _models);

    public async Task Runs(IReadOnlyList<string> ids, CancellationToken ct)
    {
        foreach (var batch in ids.Where(_seen.Add).Chunk(Purge.Batch))
        {
            var (allowed, policy) = await Allowed(Actions.RunPurge, "run", batch, ct);
            if (allowed.Count == 0) { continue; }

            _runs += await Batch(
                tx => purge.Sorted(tx, caller, allowed, dueMs), run => run.Key, (tx, gone) => Purge.Runs(tx, caller, gone, new PurgeReason(reason, policy)), ct);
        }
    }

    /// <summary>Logged models that are deleted, or whose experiment is.</summary>
    public async Task Models(IReadOnlyList<string> ids, CancellationToken ct)
    {
        foreach (var batch in ids.Where(_seen.Add).Chunk(Purge.Batch))
        {
            var (allowed, policy) = await Allowed(Actions.LoggedModelPurge, "loggedModel", batch, ct);
            if (allowed.Count == 0) { continue; }

            _models += await Batch(
                tx => purge.SortedModels(tx, caller, allowed, dueMs), model => model.Key, (tx, gone) => Purge.Models(tx, caller, gone, new PurgeReason(reason, policy)), ct);
        }
    }

    /// <summary>The experiment with all its runs and the models they logged; when they are too many for one call, a part of them.</summary>
    public async Task Experiment(long id, CancellationToken ct)
    {
        if (await db.Read(tx => purge.Keeps(tx, caller, id), ct) is { } kept)
        {
            _kept.Add(kept);
            return;
        }

        var answer = await gate.Ask(caller, Actions.ExperimentPurge.Name, $"experiment/{id}", NoEvidence, ct);
        if (answer.Refusal is { } refusal)
        {
            _kept.Add(new KeptItem("experiment", $"{id}", refusal.Detail));
            return;
        }

        var (before, after) = (_kept.Count, 0L);
        while (Room)
        {
            var page = await db.Read(tx => TrashStore.RunsOf(tx, id, after, Purge.Batch), ct);
            if (page.Count == 0) { break; }

            after = page[^1].Key;
            await Runs([.. page.Select(run => run.RunId)], ct);
        }

        // Of an experiment that stays, the models stay as well.
        for (after = 0L; _kept.Count == before && Room && await db.Read(tx => TrashStore.ModelsOf(tx, id, after, Purge.Batch), ct) is { Count: > 0 } models; after = models[^1].Key)
        {
            await Models([.. models.Select(model => model.ModelId)], ct);
        }

        if (!Room) { _more = true; }
        else if (dryRun) { _experiments += _kept.Count == before ? 1 : 0; }
        else if (await db.Write(tx => purge.Experiment(tx, caller, id, new PurgeReason(reason, answer.Policy)), ct) is { } still) { _kept.Add(still); }
        else { _experiments++; }
    }

    /// <summary>What else lies in the trash of the workspace.</summary>
    public async Task Rest(CancellationToken ct)
    {
        for (var after = (0L, 0L); Room && await db.Read(tx => TrashStore.Runs(tx, caller.Workspace, null, after, Purge.Batch), ct) is { Count: > 0 } page; after = (page[^1].DeletedMs ?? 0, page[^1].Key))
        {
            await Runs([.. page.Select(run => run.RunId)], ct);
        }

        for (var after = (0L, 0L); Room && await db.Read(tx => TrashStore.Models(tx, caller.Workspace, null, after, Purge.Batch), ct) is { Count: > 0 } page; after = (page[^1].DeletedMs, page[^1].Key))
        {
            await Models([.. page.Select(model => model.ModelId)], ct);
        }

        _more |= !Room;
    }

    /// <summary>Those that no policy keeps, and the policy.</summary>
    private async Task<(List<string> Ids, string Policy)> Allowed(AuditAction action, string kind, string[] ids, CancellationToken ct)
    {
        var (allowed, policy) = (new List<string>(ids.Length), "");
        foreach (var id in ids)
        {
            var answer = await gate.Ask(caller, action.Name, $"{kind}/{id}", NoEvidence, ct);
            policy = answer.Policy;
            if (answer.Refusal is { } refusal) { _kept.Add(new KeptItem(kind, id, refusal.Detail)); }
            else { allowed.Add(id); }
        }

        return (allowed, policy);
    }

    /// <summary>One transaction: what can go is looked up, counted with its files, and erased unless this is a dry run.</summary>
    /// <returns>How many go.</returns>
    private async Task<int> Batch<T>(Func<ReadTx, (List<T> Gone, List<KeptItem> Kept)> sort, Func<T, long> key, Action<WriteTx, List<T>> erase, CancellationToken ct)
    {
        (List<T> Gone, List<KeptItem> Kept, (long Count, long Bytes) Files) Look(ReadTx tx)
        {
            var (gone, kept) = sort(tx);
            return (gone, kept, TrashStore.Artifacts(tx, [.. gone.Select(key)]));
        }

        var found = dryRun ? await db.Read(Look, ct) : await db.Write(
            tx =>
            {
                var seen = Look(tx);
                erase(tx, seen.Gone);
                return seen;
            }, ct);
        _files += found.Files.Count;
        _bytes += found.Files.Bytes;
        _kept.AddRange(found.Kept);
        return found.Gone.Count;
    }
}
