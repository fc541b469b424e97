using System.Threading.Channels;

namespace Slipway.Monitoring.Reactions;

/// <summary>Wakes the reactions of this process as soon as one was decided. Thread safe.</summary>
internal sealed class ReactionSignal
{
    private readonly Channel<bool> _waiting = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _waiting.Writer.TryWrite(true);

    /// <summary>Returns when it was raised, or after <paramref name="atMost"/>.</summary>
    public async Task Wait(TimeSpan atMost, TimeProvider clock, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var timer = Task.Delay(atMost, clock, limit.Token);
        var raised = _waiting.Reader.WaitToReadAsync(limit.Token).AsTask();
        await Task.WhenAny(timer, raised);
        if (raised.IsCompletedSuccessfully) { _waiting.Reader.TryRead(out _); }

        await limit.CancelAsync();
    }
}
