using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Serving.Deployments;

/// <summary>Looks every two seconds whether what is at work is still approved: an approval can end by itself, and then nobody tells a fact in time.</summary>
internal sealed partial class WatchApprovals(WithdrawUnapproved withdraw, TimeProvider clock, ILogger<WatchApprovals> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try { await withdraw.Everywhere(stoppingToken); }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception error) when (error is StorageException or OverloadedException or QueryTooLongException) { NotLooked(error); }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Approvals of what is at work could not be looked at; tried again in a moment")]
    private partial void NotLooked(Exception error);
}
