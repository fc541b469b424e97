using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Tracking.Metrics;

/// <summary>
/// The one background job of this module: turns the tails of runs into blocks. A run is folded when enough has been logged to it, when it ends, and, after a
/// restart or another replica's end, by a sweep over what lies about. Folding twice changes nothing.
/// </summary>
internal sealed partial class MetricFold(Db db, Numbers numbers, TimeProvider clock, ILogger<MetricFold> log) : BackgroundService
{
    // Enough tails or points that reading a history begins to feel them.
    private const int ManyTails = 256;
    private const int ManyPoints = 8_192;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, Waiting> _waiting = new();
    private readonly Channel<long> _due = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Tells that points were logged; quick and thread safe.</summary>
    public void Note(long runKey, int points)
    {
        var waiting = _waiting.GetOrAdd(runKey, static _ => new Waiting());
        var tails = Interlocked.Increment(ref waiting.Tails);
        if ((Interlocked.Add(ref waiting.Points, points) >= ManyPoints || tails >= ManyTails) && _waiting.TryRemove(runKey, out _)) { _due.Writer.TryWrite(runKey); }
    }

    /// <summary>Folds everything that is logged to the run by now.</summary>
    public async Task Fold(long runKey, CancellationToken ct)
    {
        _waiting.TryRemove(runKey, out _);
        var more = true;
        while (more)
        {
            // Block numbers are taken outside: a transaction has no input but itself.
            var firstBlock = await numbers.Next("metric_block", ct);
            more = await db.Write(tx => RunFold.Step(tx, runKey, firstBlock), ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepEvery, clock);
        var sweep = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var due = _due.Reader.WaitToReadAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAny(sweep, due);
                while (_due.Reader.TryRead(out var runKey)) { await Fold(runKey, stoppingToken); }

                if (due.IsCompleted) { due = _due.Reader.WaitToReadAsync(stoppingToken).AsTask(); }

                if (sweep.IsCompleted)
                {
                    sweep = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                    // Counts of runs that went quiet are dropped: the sweep sees their tails.
                    _waiting.Clear();
                    foreach (var runKey in await Leftovers(stoppingToken)) { await Fold(runKey, stoppingToken); }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
#pragma warning disable CA1031 // a job outlives one bad moment of the database
            catch (Exception error)
#pragma warning restore CA1031
            {
                Failed(error);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task<List<long>> Leftovers(CancellationToken ct) => db.Read(tx => tx.Query(
        $"SELECT run_key FROM tracking_metric_tails GROUP BY run_key HAVING COUNT(*) >= {ManyTails} LIMIT 1000", row => row.GetInt64(0)), ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Metric points could not be folded; trying again in a second")]
    private partial void Failed(Exception error);

    private sealed class Waiting
    {
        public int Tails;
        public int Points;
    }
}
