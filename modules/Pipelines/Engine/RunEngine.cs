using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Pipelines.Kinds;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines.Engine;

/// <summary>
/// Takes open runs, new ones as well as those that another process or an earlier life of this one has left, and drives them; keeps their leases; lets go of them
/// when the server stops.
/// </summary>
internal sealed partial class RunEngine(Db db, RunDriver driver, RunSignal signal, ServerFolders folders, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<RunEngine> log) : RoundsService
{
    private const int MaxDriven = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (ClaimedRun Run, Task Task)> _driven = new(StringComparer.Ordinal);
    private string? _holder;
    private bool _taken;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the server listens: a step may be a program that calls it.
        await Task.Delay(Timeout.Infinite, lifetime.ApplicationStarted).ContinueWith(_ => { }, stoppingToken, TaskContinuationOptions.None, TaskScheduler.Default).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested) { return; }

        // Once, while nothing is driven: later it would end programs that run.
        Sweep();
        _holder = Holder();
        await base.ExecuteAsync(stoppingToken);
        await Task.WhenAll(_driven.Values.Select(driven => driven.Task));
    }

    protected override async Task Round(CancellationToken ct)
    {
        await Take(_holder!, !_taken, ct);
        _taken = true;
        await Keep(ct);
        await signal.Wait(Poll, clock, ct);
    }

    private void Sweep()
    {
        try { CommandFolder.Sweep(folders, log); }
#pragma warning disable CA1031 // what programs have left is no reason to take no runs
        catch (Exception error) { NotSwept(error); }
#pragma warning restore CA1031
    }

    /// <summary>Who this process is: the data folder has one process at a time, so at the start nothing of this holder can still be running.</summary>
    private string Holder()
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folders.Data, "pipelines")).FullName, "holder");
        if (!File.Exists(file)) { File.WriteAllText(file, Ids.New(clock)); }

        return File.ReadAllText(file);
    }

    private async Task Take(string holder, bool evenMine, CancellationToken ct)
    {
        while (_driven.Count < MaxDriven)
        {
            string[] driven = [.. _driven.Keys];
            if (!evenMine && !await db.Read(tx => RunLeases.AnyFree(tx, clock.NowMs(), driven), ct)) { return; }

            var claim = Ids.New(clock);
            var count = evenMine ? MaxDriven : Math.Min(8, MaxDriven - _driven.Count);
            var taken = await db.Write(tx => RunLeases.Take(tx, holder, claim, evenMine, driven, count), ct);
            foreach (var (runId, workspace) in taken) { Drive(new ClaimedRun(runId, workspace, claim), ct); }

            if (taken.Count < count) { return; }
        }
    }

    private void Drive(ClaimedRun run, CancellationToken stop)
    {
        var cancel = new CancellationTokenSource();
        signal.Drives(run.RunId, cancel);
        var started = new TaskCompletionSource();
        _driven[run.RunId] = (run, Task.Run(
            async () =>
            {
                await started.Task;
                try { await driver.Drive(run, cancel.Token, stop); }
#pragma warning disable CA1031 // one run's end must not be the end of the others
                catch (Exception error)
#pragma warning restore CA1031
                {
                    Lost(run.RunId, error);
                    await LetGo(run);
                }
                finally
                {
                    _driven.TryRemove(run.RunId, out _);
                    signal.Left(run.RunId);
                    cancel.Dispose();
                    signal.Wake();
                }
            },
            CancellationToken.None));
        started.SetResult();
    }

    /// <summary>After a pause, so that a run that breaks off at once does not do so without end.</summary>
    private async Task LetGo(ClaimedRun run)
    {
        try { await driver.LetGo(run, Pause); }
#pragma warning disable CA1031 // nobody renews the lease any more, so it ends by itself
        catch (Exception error) { NotReleased(run.RunId, error); }
#pragma warning restore CA1031
    }

    /// <summary>Renews the leases, and hears of runs that were to be cancelled through another process.</summary>
    private async Task Keep(CancellationToken ct)
    {
        var runs = _driven.Values.Select(driven => driven.Run).ToList();
        if (runs.Count == 0) { return; }

        await db.Append(tx => RunLeases.Renew(tx, runs), ct);
        foreach (var runId in await db.Read(tx => RunLeases.Cancelled(tx, runs), ct)) { signal.Cancel(runId); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Folders of programs could not be looked through; what an earlier server has left is still there")]
    private partial void NotSwept(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of run {RunId} could not be given back; it ends by itself")]
    private partial void NotReleased(string runId, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} of a pipeline was let go; whoever takes it next goes on with it")]
    private partial void Lost(string runId, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Runs of pipelines could not be looked after; trying again in a second")]
    protected override partial void Failed(Exception error);
}

/// <summary>A run that this process drives.</summary>
/// <param name="Claim">The lease's claim, checked with every write.</param>
internal sealed record ClaimedRun(string RunId, string Workspace, string Claim);
