using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Deliveries;

/// <summary>
/// Sends what is due: to one webhook one at a time, to several at once, so that a receiver that does not answer holds up nobody else. Several processes may do so on one
/// database: each delivery is taken in a transaction.
/// </summary>
internal sealed partial class DeliverRounds(Db db, SendDelivery send, TimeProvider clock, ILogger<DeliverRounds> log) : RoundsService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, Task> _sending = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _ended = new(0);

    /// <summary>Back when nothing is on its way any more.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_sending.Values);
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (await Begin(ct) == 0) { await _ended.WaitAsync(Pause, ct); }
    }

    /// <summary>Takes what is due and begins to send it.</summary>
    /// <returns>How many.</returns>
    private async Task<int> Begin(CancellationToken ct)
    {
        var (now, free) = (clock.NowMs(), AtOnce - _sending.Count);

        // Looked at before written: an idle server does not write.
        string[] busy = [.. _sending.Keys];
        if (free <= 0 || !await db.Read(tx => DeliveryStore.AnyDue(tx, busy, now), ct)) { return 0; }

        var taken = await db.Write(
            tx => (from delivery in DeliveryStore.Take(tx, busy, now, now + send.TakenMs, free)
                   let hook = WebhookStore.Of(tx, delivery.HookId)
                   where hook is not null
                   select (Hook: hook, Delivery: delivery)).ToList(),
            ct);
        foreach (var (hook, delivery) in taken)
        {
            // Noted as being sent before it can end.
            var noted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _sending[hook.Id] = Send(hook, delivery, noted.Task, ct);
            noted.SetResult();
        }

        return taken.Count;
    }

    private async Task Send(Webhook hook, Delivery delivery, Task noted, CancellationToken ct)
    {
        await noted;
        try { await send.Attempt(hook, delivery, ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { /* it is due again once its taking has run out */ }
#pragma warning disable CA1031 // as above
        catch (Exception error)
#pragma warning restore CA1031
        {
            Failed(error);
        }
        finally
        {
            _sending.TryRemove(hook.Id, out _);
            _ended.Release();
        }
    }

    public override void Dispose()
    {
        _ended.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks could not be served; trying again")]
    protected override partial void Failed(Exception error);
}
