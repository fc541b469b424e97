using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Serving.Live;

/// <summary>Keeps this process in step with the others: looks twice a second whether an endpoint has changed, and attests every five seconds, and after each change, what is loaded. Lets go the models that nothing uses any more.</summary>
internal sealed partial class KeepLive(LiveEndpoints live, Replicas replicas, TimeProvider clock, ILogger<KeepLive> log) : RoundsService
{
    private const int AttestEvery = 10;
    private const int RetryEvery = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private int _turn;

    protected override async Task Round(CancellationToken ct)
    {
        var turn = _turn++;
        if (await live.RefreshIfChanged(turn % RetryEvery == 0, ct) || turn % AttestEvery == 0) { await replicas.Attest(ct); }

        await live.LetGo(ct);

        await Task.Delay(Pause, clock, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Endpoints could not be read; what was known goes on answering")]
    protected override partial void Failed(Exception error);
}
