namespace Slipway.DuckDb;

/// <summary>One statement under way: its time limit, its interrupt, and that every frame of it is read before the next one starts.</summary>
internal sealed class RunningStatement : IAsyncDisposable
{
    // How long a statement may take to stop once it was interrupted.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly WorkerProcess _worker;
    private readonly long _id;
    private readonly CancellationToken _ct;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenRegistration _cancelled;
    private CancellationTokenSource? _patience;
    private bool _begun;
    private bool _ended;

    public RunningStatement(WorkerProcess worker, long id, TimeSpan limit, CancellationToken ct)
    {
        (_worker, _id, _ct) = (worker, id, ct);
        _limit = new CancellationTokenSource(limit);
        _limit.Token.Register(() => worker.Kill(new DuckDbException(
            DuckDbErrorKind.TimedOut, FormattableString.Invariant($"The statement took longer than its limit of {limit.TotalSeconds:0.###} s; DuckDB's worker process was killed and the session is over."))));
        _cancelled = ct.Register(() => _ = Interrupt());
    }

    /// <summary>Sends a frame of the request.</summary>
    public Task Send(ReadOnlyMemory<byte> frame)
    {
        _begun = true;
        return _worker.Send(frame);
    }

    /// <summary>Ends the rows of an append early.</summary>
    public Task Abandon()
    {
        if (!_begun) { return Task.CompletedTask; }

        var frame = new PayloadWriter();
        DuckDbSession.AppendHead(frame, _id, null, last: true, 0, 0);
        return _worker.Send(frame.End().Written);
    }

    /// <summary>The next frame; Done is the last one.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted by the caller's token.</exception>
    /// <exception cref="DuckDbException">It failed, or the worker ended.</exception>
    public async ValueTask<(Frame Kind, byte[] Payload)> Next()
    {
        (Frame Kind, byte[] Payload) frame;
        try
        {
            frame = await _worker.Read();
        }
        catch
        {
            _ended = true;
            throw;
        }

        _ended = frame.Kind is Frame.Done or Frame.Failed;
        if (frame.Kind == Frame.Failed)
        {
            _ct.ThrowIfCancellationRequested();
            throw Failure(frame.Payload);
        }

        return frame;
    }

    /// <summary>Stops it when it still runs and reads what is left, so that the session can go on.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_begun && !_ended)
            {
                await Interrupt();
                while (!_ended) { await Next(); }
            }
        }
        catch (Exception fault) when (fault is DuckDbException or OperationCanceledException)
        {
            // Nobody waits for the rest any more; a worker that has ended says so at the next statement.
        }

        await _cancelled.DisposeAsync();
        _limit.Dispose();
        _patience?.Dispose();
    }

    public static DuckDbException Failure(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        var kind = (DuckDbErrorKind)reader.Byte();
        return new DuckDbException(Enum.IsDefined(kind) ? kind : DuckDbErrorKind.Other, reader.Text());
    }

    private async Task Interrupt()
    {
        if (Interlocked.CompareExchange(ref _patience, new CancellationTokenSource(Patience), null) is not null) { return; }

        _patience.Token.Register(() =>
        {
            if (_begun && !_ended)
            {
                _worker.Kill(new DuckDbException(
                    DuckDbErrorKind.TimedOut, FormattableString.Invariant($"The statement was interrupted and did not stop within {Patience.TotalSeconds} s; DuckDB's worker process was killed and the session is over.")));
            }
        });
        var frame = new PayloadWriter(16).Begin(Frame.Interrupt);
        frame.Int64(_id);
        await _worker.Send(frame.End().Written);
    }
}
