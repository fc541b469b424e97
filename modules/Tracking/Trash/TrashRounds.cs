using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Trash;

/// <summary>Purges what has been in the trash for longer than the setting keeps it, every hour, on one replica at a time. What is needed stays, and is looked at again.</summary>
internal sealed partial class TrashRounds(
    Db db, IGate gate, IEnumerable<IRunHolder> holders, IOptions<TrackingOptions> options, TimeProvider clock, ILogger<TrashRounds> log) : RoundsService
{
    private const int LeaseMs = 600_000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private readonly string _me = Ids.New(clock);
    private readonly IRunHolder[] _holders = [.. holders];

    /// <summary>One round.</summary>
    public async Task Step(CancellationToken ct)
    {
        // Looked at before written: an idle server does not write.
        if (!await db.Read(HasWork, ct) || !await Lease(ct)) { return; }

        while (await db.Write(tx => TrashStore.Stamp(tx, 1_000), ct)) { }

        if (options.Value.TrashDays > 0)
        {
            var until = (clock.GetUtcNow() - TimeSpan.FromDays(options.Value.TrashDays)).ToUnixTimeMilliseconds();
            await Runs(until, ct);
            await Models(until, ct);
            await Experiments(until, ct);
        }

        while (await db.Write(EmptyPurged.Step, ct)) { }
    }

    protected override async Task Round(CancellationToken ct)
    {
        await Step(ct);
        await Task.Delay(Pause, clock, ct);
    }

    private async Task Runs(long until, CancellationToken ct)
    {
        var after = (long.MinValue, 0L);
        while (await db.Read(tx => TrashStore.Runs(tx, null, until, after, Purge.Batch), ct) is { Count: > 0 } page)
        {
            after = (page[^1].DeletedMs ?? 0, page[^1].Key);
            foreach (var place in page.GroupBy(run => run.Workspace, StringComparer.Ordinal))
            {
                var work = Work(place.Key);
                await work.Runs([.. place.Select(run => run.RunId)], ct);
                Tell(place.Key, work);
            }

            if (!await Lease(ct)) { return; }
        }
    }

    private async Task Experiments(long until, CancellationToken ct)
    {
        var after = (long.MinValue, 0L);
        while (await db.Read(tx => TrashStore.Experiments(tx, null, until, after, Purge.Batch), ct) is { Count: > 0 } page)
        {
            after = (page[^1].DeletedMs ?? 0, page[^1].Id);
            foreach (var experiment in page)
            {
                var work = Work(experiment.Workspace);
                await work.Experiment(experiment.Id, ct);
                Tell(experiment.Workspace, work);
            }

            if (!await Lease(ct)) { return; }
        }
    }

    private async Task Models(long until, CancellationToken ct)
    {
        var after = (long.MinValue, 0L);
        while (await db.Read(tx => PurgeModels.Deleted(tx, until, after, PurgeModels.Batch), ct) is { Count: > 0 } page)
        {
            after = (page[^1].DeletedMs, page[^1].Key);
            foreach (var model in page)
            {
                var caller = Caller.ForJob("trash", model.Workspace);
                var answer = await gate.Ask(caller, Actions.LoggedModelPurge.Name, $"loggedModel/{model.ModelId}", new Dictionary<string, string>(), ct);
                if (answer.Allowed) { await db.Write(tx => PurgeModels.Erase(tx, caller, [model.ModelId], _holders, Reason, answer.Policy), ct); }
            }

            if (!await Lease(ct)) { return; }
        }
    }

    private string Reason => $"It was in the trash for {options.Value.TrashDays} days.";

    private Task<bool> Lease(CancellationToken ct) => db.Append(tx => Leases.TryTake(tx, "tracking.trash", _me, LeaseMs), ct);

    private PurgeWork Work(string workspace) =>
        new(Caller.ForJob("trash", workspace), db, gate, _holders, dryRun: false, Reason);

    private static bool HasWork(ReadTx tx) =>
        tx.Exists($"SELECT 1 FROM tracking_runs WHERE deleted = 1 LIMIT 1") || tx.Exists($"SELECT 1 FROM tracking_experiments WHERE deleted = 1 LIMIT 1")
        || tx.Exists($"SELECT 1 FROM tracking_models WHERE deleted = 1 LIMIT 1") || tx.Exists($"SELECT 1 FROM tracking_purged WHERE emptied = 0 LIMIT 1");

    private void Tell(string workspace, PurgeWork work)
    {
        var report = work.Report();
        if (report.Runs + report.Experiments > 0) { Purged(report.Runs, report.Experiments, workspace); }
    }

    protected override void Failed(Exception error) => NotPurged(error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Trash of workspace {Workspace}: {Runs} runs and {Experiments} experiments purged, as their time was over")]
    private partial void Purged(long runs, long experiments, string workspace);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The trash could not be purged; trying again in a second")]
    private partial void NotPurged(Exception error);
}
