using Microsoft.Extensions.Logging;

namespace Slipway.Kernel;

/// <summary>Forgets keys that are older than a day.</summary>
public sealed partial class ForgetKeys(Db db, TimeProvider clock, ILogger<ForgetKeys> log) : RoundsService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task Round(CancellationToken ct)
    {
        var before = (clock.GetUtcNow() - IdempotencyStore.Kept).ToUnixTimeMilliseconds();
        await db.Append(tx => { IdempotencyStore.Forget(tx, before); }, ct);
        await Task.Delay(Every, clock, ct);
    }

    protected override void Failed(Exception error) => RoundFailed(error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old idempotency keys were not forgotten; the next round tries again")]
    private partial void RoundFailed(Exception error);
}
