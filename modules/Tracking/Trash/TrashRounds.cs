using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.Kernel;

namespace Slipway.Tracking.Trash;

/// <summary>
/// Purges what has been in the trash for longer than the setting keeps it, every hour, on one replica at a time. What is needed stays, and is looked at again; what cannot be purged for another
/// reason is told, counted and left until the next round, and holds up nothing else.
/// </summary>
internal sealed partial class TrashRounds(
    Db db, IGate gate, Purge purge, TrashMetrics metrics, IOptions<TrackingOptions> options, TimeProvider clock, ILogger<TrashRounds> log) : RoundsService
{
    private const int LeaseMs = 600_000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private readonly string _me = Ids.New(clock);

    /// <summary>One round.</summary>
    public async Task Step(CancellationToken ct)
    {
        // Looked at before written: an idle server does not write.
        if (!await db.Read(HasWork, ct) || !await Lease(ct)) { return; }

        while (await db.Write(tx => TrashStore.Stamp(tx, 1_000), ct)) { }

        if (new TrashTime(options.Value.TrashDays).DueMs(clock.NowMs()) is { } due)
        {
            await Each((tx, after) => TrashStore.Runs(tx, null, due, after, Purge.Batch), run => (run.DeletedMs ?? 0, run.Key),
                page => Tried("run", due, page, run => (run.Workspace, run.RunId), (work, ids) => work.Runs(ids, ct)), ct);
            await Each((tx, after) => TrashStore.Models(tx, null, due, after, Purge.Batch), model => (model.DeletedMs, model.Key),
                page => Tried("loggedModel", due, page, model => (model.Workspace, model.ModelId), (work, ids) => work.Models(ids, ct)), ct);
            await Each((tx, after) => TrashStore.Experiments(tx, null, due, after, Purge.Batch), one => (one.DeletedMs ?? 0, one.Id), async page =>
            {
                foreach (var one in page.Where(one => one.LastMs <= due))
                {
                    await Tried("experiment", due, [one], experiment => (experiment.Workspace, $"{experiment.Id}"), (work, _) => work.Experiment(one.Id, ct));
                }
            }, ct);
        }

        await Empty(ct);
    }

    protected override async Task Round(CancellationToken ct)
    {
        await Step(ct);
        await Task.Delay(Pause, clock, ct);
    }

    /// <summary>Pages from the longest deleted on, for as long as the lease holds.</summary>
    private async Task Each<T>(Func<ReadTx, (long, long), List<T>> read, Func<T, (long, long)> position, Func<List<T>, Task> handle, CancellationToken ct)
    {
        var after = (long.MinValue, 0L);
        while (await db.Read(tx => read(tx, after), ct) is { Count: > 0 } page)
        {
            after = position(page[^1]);
            await handle(page);
            if (!await Lease(ct)) { return; }
        }
    }

    /// <summary>All of a workspace together; when that fails, one by one.</summary>
    private async Task Tried<T>(string kind, long due, List<T> page, Func<T, (string Workspace, string Id)> name, Func<PurgeWork, string[], Task> handle)
    {
        foreach (var place in page.Select(name).GroupBy(one => one.Workspace, one => one.Id, StringComparer.Ordinal)) { await Tried(kind, due, place.Key, [.. place], handle); }
    }

    private async Task Tried(string kind, long due, string workspace, string[] ids, Func<PurgeWork, string[], Task> handle)
    {
        var work = new PurgeWork(
            Caller.ForJob("trash", workspace), db, gate, purge, dryRun: false, $"It was in the trash for {options.Value.TrashDays} days.", due);
        try { await handle(work, ids); }
        catch (Exception error) when (ids.Length > 1 && error is not OperationCanceledException)
        {
            foreach (var id in ids) { await Tried(kind, due, workspace, [id], handle); }
        }
        catch (Exception error) when (error is not OperationCanceledException) { Left(kind, ids[0], workspace, error); }

        var report = work.Report();
        if (report.Runs + report.Experiments + report.LoggedModels > 0) { Purged(report.Runs, report.Experiments, report.LoggedModels, workspace); }
    }

    private async Task Empty(CancellationToken ct)
    {
        for (var after = long.MinValue; await db.Read(tx => EmptyPurged.Next(tx, after), ct) is { } run; after = run.Key)
        {
            try
            {
                while (await db.Write(tx => EmptyPurged.Step(tx, run.Key), ct)) { }
            }
            catch (Exception error) when (error is not OperationCanceledException) { Left("points", run.RunId, run.Workspace, error); }
        }
    }

    private void Left(string kind, string id, string workspace, Exception error)
    {
        metrics.Failed(kind);
        NotPurged(kind, id, workspace, error);
    }

    private Task<bool> Lease(CancellationToken ct) => db.Append(tx => Leases.TryTake(tx, "tracking.trash", _me, LeaseMs), ct);

    private static bool HasWork(ReadTx tx) =>
        tx.Exists($"SELECT 1 FROM tracking_runs WHERE deleted = 1 LIMIT 1") || tx.Exists($"SELECT 1 FROM tracking_experiments WHERE deleted = 1 LIMIT 1")
        || tx.Exists($"SELECT 1 FROM tracking_models WHERE deleted = 1 LIMIT 1") || tx.Exists($"SELECT 1 FROM tracking_purged WHERE emptied = 0 LIMIT 1");

    protected override void Failed(Exception error) => RoundFailed(error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Trash of workspace {Workspace}: {Runs} runs, {Experiments} experiments and {Models} logged models purged, as their time was over")]
    private partial void Purged(long runs, long experiments, long models, string workspace);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Id} of workspace {Workspace} could not be purged; it stays in the trash until the next round, in an hour")]
    private partial void NotPurged(string kind, string id, string workspace, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The trash could not be looked at; trying again in a second")]
    private partial void RoundFailed(Exception error);
}
