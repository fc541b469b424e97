namespace Slipway.Tracking.Trash;

/// <summary>When what lies in the trash goes by itself: one rule for the day that is shown and for the rounds that purge.</summary>
/// <remarks>An experiment goes when its own time and that of everything in it is over.</remarks>
/// <param name="Days">0 = nothing goes by itself.</param>
internal readonly record struct TrashTime(int Days)
{
    private const long DayMs = 86_400_000;

    /// <param name="deletedMs">Null = not noted yet.</param>
    /// <returns>The moment from which on it goes, Unix ms; null = not by itself, or not known yet.</returns>
    public long? PurgeMs(long? deletedMs) => Days > 0 ? deletedMs + (Days * DayMs) : null;

    /// <returns>What was deleted then or before may go now, Unix ms; null = nothing.</returns>
    public long? DueMs(long nowMs) => Days > 0 ? nowMs - (Days * DayMs) : null;
}
