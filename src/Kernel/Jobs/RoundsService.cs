using Microsoft.Extensions.Hosting;

namespace Slipway.Kernel;

/// <summary>A job that does its rounds for as long as the server runs, and outlives one bad moment of the database: after a round that failed the next begins a second later.</summary>
public abstract class RoundsService : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>One round, with the pause before the next one in it.</summary>
    protected abstract Task Round(CancellationToken ct);

    /// <summary>Logs what stopped a round.</summary>
    protected abstract void Failed(Exception error);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try { await Round(stoppingToken); }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
#pragma warning disable CA1031 // the next round may go well
            catch (Exception error)
#pragma warning restore CA1031
            {
                Failed(error);
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
