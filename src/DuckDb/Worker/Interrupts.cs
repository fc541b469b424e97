namespace Slipway.DuckDb;

/// <summary>
/// Interrupts by statement, so that one which comes late stops nothing else. DuckDB forgets an interrupt that arrives before a statement really runs, so it is repeated until the statement ends.
/// </summary>
internal sealed class Interrupts(Action interrupt) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private Timer? _timer;
    private long _running;
    private long _wanted;

    /// <summary>Whether the running statement is to stop.</summary>
    public bool Wanted
    {
        get { lock (_lock) { return _running != 0 && _wanted == _running; } }
    }

    public void Begin(long statement)
    {
        lock (_lock)
        {
            _running = statement;
            if (_wanted == statement) { Arm(); }
        }
    }

    /// <returns>Whether it was to stop.</returns>
    public bool End()
    {
        lock (_lock)
        {
            var wanted = _wanted == _running;
            _running = 0;
            _timer?.Dispose();
            _timer = null;
            return wanted;
        }
    }

    public void Want(long statement)
    {
        lock (_lock)
        {
            _wanted = statement;
            if (_running == statement) { Arm(); }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Arm() => _timer ??= new Timer(_ => Fire(), null, TimeSpan.Zero, Again);

    private void Fire()
    {
        lock (_lock)
        {
            if (_running != 0 && _wanted == _running) { interrupt(); }
        }
    }
}
