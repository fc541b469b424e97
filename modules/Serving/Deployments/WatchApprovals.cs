using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Serving.Deployments;

/// <summary>Looks every two seconds whether what is at work is still approved: an approval can end by itself, and then nobody tells a fact in time.</summary>
internal sealed partial class WatchApprovals(WithdrawUnapproved withdraw, TimeProvider clock, ILogger<WatchApprovals> log) : RoundsService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Looks once before the server listens: what has lapsed while it was down never answers.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await withdraw.Everywhere(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task Round(CancellationToken ct)
    {
        await withdraw.Everywhere(ct);
        await Task.Delay(Pause, clock, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Approvals of what is at work could not be looked at; tried again in a moment")]
    protected override partial void Failed(Exception error);
}
