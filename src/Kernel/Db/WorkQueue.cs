using System.Diagnostics.CodeAnalysis;

namespace Slipway.Kernel;

/// <summary>
/// A bounded queue before threads that do nothing else. Whoever waits sleeps at once: the runtime's collections spin first, which on a few cores takes
/// the time from those who could fill the queue. Thread safe.
/// </summary>
internal sealed class WorkQueue<T>(int capacity)
{
    private readonly Queue<T> _items = new();
    private readonly object _gate = new();
    private int _sleeping;
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate) { return _items.Count; }
        }
    }

    /// <returns>False when it is full or closed.</returns>
    public bool TryAdd(T item)
    {
        lock (_gate)
        {
            if (_closed || _items.Count >= capacity) { return false; }

            _items.Enqueue(item);
            if (_sleeping > 0) { Monitor.Pulse(_gate); }

            return true;
        }
    }

    /// <returns>False when nothing waits right now.</returns>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        lock (_gate) { return _items.TryDequeue(out item); }
    }

    /// <summary>Waits for an item.</summary>
    /// <returns>False once it is closed and empty.</returns>
    public bool Take([MaybeNullWhen(false)] out T item)
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_closed)
            {
                _sleeping++;
                Monitor.Wait(_gate);
                _sleeping--;
            }

            return _items.TryDequeue(out item);
        }
    }

    /// <summary>Nothing more is added; what waits is still taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
