using System.Runtime.CompilerServices;

namespace Slipway.Kernel;

/// <summary>
/// Ids made by us, never by the database: UUIDv7 (RFC 9562) as 32 lower-case hex digits. Within a process each is greater than all before it, also within a
/// millisecond and when the clock steps back: the 12 bits after the time count up (section 6.2, method 1). Thread safe.
/// </summary>
public static class Ids
{
    // The last time and count given out, per clock: a test's clock stands elsewhere than the system's.
    private static readonly ConditionalWeakTable<TimeProvider, StrongBox<long>> LastOf = [];

    public static string New(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var place = Next(LastOf.GetOrCreateValue(clock), now.ToUnixTimeMilliseconds() << 12);
#pragma warning disable RS0030 // the one place that makes ids
        var random = Guid.CreateVersion7(now).ToString("N");
#pragma warning restore RS0030
        return string.Create(null, $"{place >> 12:x12}7{place & 0xfff:x3}{random.AsSpan(16)}");
    }

    private static long Next(StrongBox<long> last, long earliest)
    {
        while (true)
        {
            var seen = Interlocked.Read(ref last.Value);
            var next = Math.Max(earliest, seen + 1);
            if (Interlocked.CompareExchange(ref last.Value, next, seen) == seen) { return next; }
        }
    }
}
