using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Serving.Live;

/// <summary>Keeps this process in step with the others: looks twice a second whether an endpoint has changed, and attests every five seconds, and after each change, what is loaded.</summary>
internal sealed partial class KeepLive(LiveEndpoints live, Replicas replicas, TimeProvider clock, ILogger<KeepLive> log) : BackgroundService
{
    private const int AttestEvery = 10;
    private const int RetryEvery = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host waits until the first pause of this; reading the table must not hold up its start.
        await Task.Yield();
        using var timer = new PeriodicTimer(Pause, clock);
        var turn = 0;
        do
        {
            try
            {
                if (await live.RefreshIfChanged(turn % RetryEvery == 0, stoppingToken) || turn % AttestEvery == 0) { await replicas.Attest(stoppingToken); }

                turn++;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception error) when (error is StorageException or OverloadedException or QueryTooLongException) { Behind(error); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Endpoints could not be read; what was known goes on answering")]
    private partial void Behind(Exception error);
}
