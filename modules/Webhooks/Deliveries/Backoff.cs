namespace Slipway.Webhooks.Deliveries;

/// <summary>When to try again; pure.</summary>
internal static class Backoff
{
    private const long MostMs = 6 * 3_600_000L;

    /// <summary>Whether a later attempt may go better: too many requests, a fault of the receiver, or no answer. A 4xx says that the request itself is wrong.</summary>
    /// <param name="status">Null = no answer.</param>
    public static bool Helps(int? status) => status is null or 408 or 429 or >= 500;

    /// <param name="attempt">The number of the one that failed, from 1.</param>
    /// <param name="firstSeconds">After the first; each further wait is four times as long.</param>
    /// <param name="asked">What the receiver asks for in seconds; null = nothing.</param>
    public static long WaitMs(long attempt, int firstSeconds, int? asked)
    {
        var wait = firstSeconds * 1_000L;
        for (var i = 1; i < attempt && wait < MostMs; i++) { wait *= 4; }

        return Math.Min(MostMs, Math.Max(wait, (asked ?? 0) * 1_000L));
    }
}
