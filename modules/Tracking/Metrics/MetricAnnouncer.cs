using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Slipway.Kernel;

namespace Slipway.Tracking.Metrics;

/// <summary>Tells open pages about new points at most twice a second per run, however many are logged, and never loses the last.</summary>
internal sealed class MetricAnnouncer(LiveHub live, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, LiveChange> _waiting = new(StringComparer.Ordinal);

    public void Note(LiveChange change)
    {
        if (live.Readers > 0) { _waiting.TryAdd(change.Id, change); }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var runId in _waiting.Keys)
                {
                    if (_waiting.TryRemove(runId, out var change)) { live.Send(change); }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
