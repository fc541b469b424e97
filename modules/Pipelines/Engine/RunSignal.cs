using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Slipway.Pipelines.Engine;

/// <summary>Wakes the engine of this process: a run was started, or one that it drives is to be cancelled. Thread safe.</summary>
internal sealed class RunSignal
{
    private readonly Channel<bool> _waiting = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _driven = new(StringComparer.Ordinal);

    public void Wake() => _waiting.Writer.TryWrite(true);

    /// <summary>Returns at the next wake, or after <paramref name="atMost"/>.</summary>
    public async Task Wait(TimeSpan atMost, TimeProvider clock, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var timer = Task.Delay(atMost, clock, limit.Token);
        var wake = _waiting.Reader.WaitToReadAsync(limit.Token).AsTask();
        await Task.WhenAny(timer, wake);
        if (wake.IsCompletedSuccessfully) { _waiting.Reader.TryRead(out _); }

        await limit.CancelAsync();
    }

    public void Drives(string runId, CancellationTokenSource cancel) => _driven[runId] = cancel;

    public void Left(string runId) => _driven.TryRemove(runId, out _);

    /// <summary>Cancels the run when this process drives it, and wakes the engine otherwise: a run that nobody drives is cancelled by whoever takes it.</summary>
    public void Cancel(string runId)
    {
        if (!_driven.TryGetValue(runId, out var cancel))
        {
            Wake();
            return;
        }

        // It may end on its own at the same moment.
        try { cancel.Cancel(); }
        catch (ObjectDisposedException) { /* it has */ }
    }
}
