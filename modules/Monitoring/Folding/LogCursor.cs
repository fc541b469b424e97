using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>Where to read on in the log that is here. Pure.</summary>
internal static class LogCursor
{
    /// <param name="logs">Position by log, as stored; null = never stored by log.</param>
    /// <param name="position">Of the endpoint, whichever log it was.</param>
    /// <param name="here">Null = there is no log here yet.</param>
    /// <returns>The position to read after, and why it is not the stored one; null when it is.</returns>
    public static (long From, string? Moved) Find(IReadOnlyDictionary<string, long>? logs, long position, LogPlace? here)
    {
        if (here is null) { return (position, null); }

        if (logs is not null && logs.TryGetValue(here.LogId, out var own))
        {
            return own <= here.End ? (own, null) : (here.End, FormattableString.Invariant($"it was read up to {own} and ends at {here.End} now, as an older copy of it would; what comes from now on is folded"));
        }

        // Positions of another log mean nothing here.
        if (logs is { Count: > 0 }) { return (0, "it is another log than those that were read before, as that of a new data folder or another replica"); }

        return position <= here.End ? (position, null) : (0, FormattableString.Invariant($"the position that was stored is {position}, and it ends at {here.End}"));
    }
}
