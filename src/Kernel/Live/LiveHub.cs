using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Slipway.Kernel;

/// <summary>A hint to open pages that something changed; never the change itself, never durable.</summary>
/// <param name="Kind">What changed: <c>run</c>, <c>experiment</c>, <c>metric</c>, …</param>
/// <param name="Parent">The id of what it belongs to, such as a run's experiment or the model that an endpoint serves: whoever may not see that does not hear of it.</param>
public sealed record LiveChange(string Kind, string Workspace, string Id, string? Parent = null);

/// <summary>Passes hints from writers (after their commit) to the event streams of this process. Thread safe; a slow reader loses hints, not the server's memory.</summary>
public sealed class LiveHub
{
    private const int Buffered = 1_000;
    private readonly ConcurrentDictionary<Channel<LiveChange>, byte> _readers = new();

    public int Readers => _readers.Count;

    public void Send(LiveChange change)
    {
        foreach (var (channel, _) in _readers) { channel.Writer.TryWrite(change); }
    }

    /// <summary>Every hint from now on, until cancelled.</summary>
    public async IAsyncEnumerable<LiveChange> Listen([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<LiveChange>(new BoundedChannelOptions(Buffered) { FullMode = BoundedChannelFullMode.DropOldest });
        _readers[channel] = 0;
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(ct)) { yield return change; }
        }
        finally { _readers.TryRemove(channel, out _); }
    }
}
