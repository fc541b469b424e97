namespace Slipway.Kernel;

/// <summary>
/// Threads that each own one session. The databases' calls block, and blocking calls on the thread pool starve everybody's continuations; here they block their own.
/// </summary>
internal sealed class Lanes<TSession> : IAsyncDisposable
    where TSession : DbSession
{
    private readonly WorkQueue<Action<Func<TSession>>> _waiting;
    private readonly Task[] _ends;
    private readonly string _name;

    public Lanes(string name, int count, int maxWaiting, Func<TSession> open)
    {
        _name = name;
        _waiting = new WorkQueue<Action<Func<TSession>>>(maxWaiting);
        _ends = [.. Enumerable.Range(0, count).Select(i => Start($"{name}-{i}", open))];
    }

    /// <exception cref="OverloadedException">Too many wait, or the server is stopping.</exception>
    public Task<T> Run<T>(Func<TSession, T> work, CancellationToken ct)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(session =>
        {
            if (ct.IsCancellationRequested)
            {
                done.TrySetCanceled(ct);
                return;
            }

#pragma warning disable CA1031 // the caller's task carries it
            try { done.TrySetResult(work(session())); }
            catch (Exception error) { done.TrySetException(error); }
#pragma warning restore CA1031
        });
        return done.Task;
    }

    /// <exception cref="OverloadedException">Too many wait, or the server is stopping.</exception>
    public void Post(Action<Func<TSession>> work)
    {
        if (!_waiting.TryAdd(work))
        {
            throw new OverloadedException($"{_waiting.Count} calls wait for {_name} already; try again in a second.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Close();
        await Task.WhenAll(_ends);
    }

    private Task Start(string name, Func<TSession> open)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            // Opened by the first call that needs it: a lane that nobody needs holds no connection, and one that cannot be opened fails that call and not the thread.
            TSession? session = null;
            while (_waiting.Take(out var work)) { work(() => session ??= open()); }

            session?.Dispose();
            end.SetResult();
        })
        { IsBackground = true, Name = name }.Start();
        return end.Task;
    }
}
