namespace Slipway.Client;

/// <summary>
/// Points of one run on their way: in the order in which they came, at most a given number of them, sent together in the background. What could not be sent stays; whoever logs, flushes
/// or closes next is told. Thread safe.
/// </summary>
internal sealed class MetricBuffer : IAsyncDisposable
{
    private const string Closed = "The run was closed.";
    private readonly Func<IReadOnlyList<MetricEntry>, CancellationToken, Task> _send;
    private readonly (int Capacity, int Batch) _size;
    private readonly TimeSpan _flushEvery;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Queue<MetricEntry> _waiting = new();
    private readonly List<MetricEntry> _sending = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sender;
    private TaskCompletionSource _forSender = Signal();
    private TaskCompletionSource _forCallers = Signal();
    private MetricsNotSentException? _fault;
    private (long Added, long Sent, long Wanted) _count;
    private bool _shut;
    private bool _closing;

    /// <param name="send">Sends points, all or none; whatever it throws, it has failed for good.</param>
    public MetricBuffer(SlipwayClientOptions options, Func<IReadOnlyList<MetricEntry>, CancellationToken, Task> send)
    {
        (_send, _size, _flushEvery, _clock) = (send, (options.BufferedPoints, options.BatchPoints), options.FlushEvery, options.Clock);
        _sender = Task.Run(Work);
    }

    /// <summary>Points that are not confirmed yet.</summary>
    public int Pending
    {
        get { lock (_lock) { return _waiting.Count + _sending.Count; } }
    }

    /// <summary>What failed last and was not retried yet; null when all is well.</summary>
    public MetricsNotSentException? Fault
    {
        get { lock (_lock) { return _fault; } }
    }

    /// <summary>Takes a point; waits while the buffer is full.</summary>
    /// <exception cref="MetricsNotSentException">Earlier points could not be sent; this one was not taken.</exception>
    /// <exception cref="ObjectDisposedException">It is shut; this one was not taken.</exception>
    public ValueTask Add(MetricEntry entry, CancellationToken ct) => TryAdd(entry, out var room) ? ValueTask.CompletedTask : new ValueTask(Wait(entry, room!, ct));

    /// <summary>Waits until everything that was added before has been confirmed; what failed before is tried again.</summary>
    /// <exception cref="MetricsNotSentException">It could not be sent.</exception>
    public async Task Flush(CancellationToken ct)
    {
        long wanted;
        lock (_lock)
        {
            wanted = _count.Added;
            _count.Wanted = Math.Max(_count.Wanted, wanted);
            if (!_closing) { _fault = null; }

            _forSender.TrySetResult();
        }

        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_count.Sent >= wanted) { return; }

                if (_closing) { _fault ??= NotSent(new SlipwayException(Closed)); }

                if (_fault is not null) { throw _fault; }

                changed = _forCallers.Task;
            }

            await changed.WaitAsync(ct);
        }
    }

    /// <summary>Gives up what could not be sent, so that logging may go on.</summary>
    /// <returns>The points that are lost by that; empty when nothing had failed.</returns>
    public IReadOnlyList<MetricEntry> Discard()
    {
        lock (_lock)
        {
            if (_fault is null) { return []; }

            MetricEntry[] lost = [.. _sending, .. _waiting];
            _sending.Clear();
            _waiting.Clear();
            _count.Sent = _count.Added;
            _fault = null;
            Changed();
            return lost;
        }
    }

    /// <summary>Takes no further points, those included that wait for room; what was added is still sent.</summary>
    public void Shut()
    {
        lock (_lock)
        {
            _shut = true;
            Changed();
        }
    }

    /// <summary>Takes points again.</summary>
    public void Reopen()
    {
        lock (_lock) { _shut = _closing; }
    }

    /// <summary>Ends the sender; nothing can be added afterwards. What is not sent by then stays in <see cref="Pending"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _shut = _closing = true;
            _forSender.TrySetResult();
            Changed();
        }

        await _stop.CancelAsync();
        await _sender;
        _stop.Dispose();
    }

    private bool TryAdd(MetricEntry entry, out Task? room)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_shut, typeof(Run));
            if (_fault is not null) { throw _fault; }

            room = _forCallers.Task;
            if (_waiting.Count + _sending.Count >= _size.Capacity) { return false; }

            _waiting.Enqueue(entry);
            _count.Added++;
            // The first one starts the clock, a full batch does not wait for it.
            if (_waiting.Count == 1 || _waiting.Count >= Enough) { _forSender.TrySetResult(); }

            return true;
        }
    }

    private async Task Wait(MetricEntry entry, Task room, CancellationToken ct)
    {
        do { await room.WaitAsync(ct); }
        while (!TryAdd(entry, out room!));
    }

    /// <summary>Sends until it is time to end. Nothing ends it before: callers wait for what it says.</summary>
    private async Task Work()
    {
        while (true)
        {
            try
            {
                if (!await Due()) { return; }

                await SendSome();
            }
            catch (Exception error)
            {
                lock (_lock)
                {
                    _fault = NotSent(error as SlipwayException ?? new SlipwayException(_closing && error is OperationCanceledException ? Closed : error.Message, error));
                    Changed();
                }
            }
        }
    }

    private async Task SendSome()
    {
        IReadOnlyList<MetricEntry> batch;
        lock (_lock)
        {
            // What failed goes first, as it was.
            while (_sending.Count < _size.Batch && _waiting.TryDequeue(out var entry)) { _sending.Add(entry); }

            batch = [.. _sending];
        }

        await _send(batch, _stop.Token);
        lock (_lock)
        {
            _sending.Clear();
            _count.Sent += batch.Count;
            Changed();
        }
    }

    /// <summary>Waits until there is something to send.</summary>
    /// <returns>False when it is time to end.</returns>
    private async Task<bool> Due()
    {
        var late = false;
        while (true)
        {
            Task changed;
            bool some;
            lock (_lock)
            {
                if (_closing) { return false; }

                var unsent = _waiting.Count + _sending.Count;
                some = unsent > 0 && _fault is null;
                if (some && (late || unsent >= Enough || _count.Wanted > _count.Sent)) { return true; }

                if (_forSender.Task.IsCompleted) { _forSender = Signal(); }

                changed = _forSender.Task;
            }

            if (!some) { await changed; }
            else
            {
                using var enough = new CancellationTokenSource();
                var timer = Task.Delay(_flushEvery, _clock, enough.Token);
                late = await Task.WhenAny(changed, timer) == timer;
                await enough.CancelAsync();
            }
        }
    }

    private MetricsNotSentException NotSent(SlipwayException cause) => new([.. _sending, .. _waiting], cause);

    private int Enough => Math.Min(_size.Batch, _size.Capacity);

    private void Changed()
    {
        var before = _forCallers;
        _forCallers = Signal();
        before.TrySetResult();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
