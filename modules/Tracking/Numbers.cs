using System.Collections.Concurrent;
using Slipway.Kernel;

namespace Slipway.Tracking;

/// <summary>
/// Integer surrogates: unique over all replicas, small, growing. A process takes them from the database in blocks (hi/lo), so that a row costs no
/// round trip; what is left of a block at its end is lost, so there are gaps. Thread safe.
/// </summary>
internal sealed class Numbers(Db db)
{
    private const int Block = 1_000;
    private readonly ConcurrentDictionary<string, Sequence> _sequences = new(StringComparer.Ordinal);

    /// <returns>A number from 1 that nobody else has had from this sequence.</returns>
    public ValueTask<long> Next(string name, CancellationToken ct)
    {
        var sequence = _sequences.GetOrAdd(name, static _ => new Sequence());
        return sequence.TryTake(out var number) ? new ValueTask<long>(number) : Refill(name, sequence, ct);
    }

    private async ValueTask<long> Refill(string name, Sequence sequence, CancellationToken ct)
    {
        while (true)
        {
            await sequence.Refilling.WaitAsync(ct);
            try
            {
                // Another caller may have refilled while this one waited.
                if (sequence.TryTake(out var number)) { return number; }

                var end = await db.Write(tx => tx.QueryOne(
                    $"""
                    INSERT INTO tracking_numbers (name, next) VALUES ({name}, {1 + Block})
                    ON CONFLICT (name) DO UPDATE SET next = tracking_numbers.next + {Block}
                    RETURNING next
                    """, row => row.GetInt64(0)), ct);
                sequence.Fill(end - Block, end);
            }
            finally { sequence.Refilling.Release(); }
        }
    }

    private sealed class Sequence
    {
        private readonly Lock _lock = new();
        private long _next;
        private long _end;

        public SemaphoreSlim Refilling { get; } = new(1);

        public bool TryTake(out long number)
        {
            lock (_lock)
            {
                number = _next;
                if (_next >= _end) { return false; }

                _next++;
                return true;
            }
        }

        public void Fill(long next, long end)
        {
            lock (_lock) { (_next, _end) = (next, end); }
        }
    }
}
