namespace Slipway.Client;

/// <summary>One point of a metric.</summary>
/// <param name="Key">1 to 250 characters: letters, digits, space, <c>_ - . : /</c>.</param>
/// <param name="Value">NaN is kept; infinities are kept as ±1.797…e308.</param>
/// <param name="Step">Where in the run it was measured; any number, usually from 0.</param>
/// <param name="TimeMs">When, in Unix milliseconds, 0 or more.</param>
public readonly record struct MetricEntry(string Key, double Value, long Step, long TimeMs);

/// <summary>Points were not confirmed by the server, after all attempts; they are still there, see <see cref="Unsent"/>.</summary>
public sealed class MetricsNotSentException : SlipwayException
{
    internal MetricsNotSentException(IReadOnlyList<MetricEntry> unsent, SlipwayException cause)
        : base($"{unsent.Count} metric points were not confirmed by the server: {cause.Message}", cause) => Unsent = unsent;

    /// <summary>In the order in which they were logged. The first of them may have arrived without an answer coming back; sent again, they count once.</summary>
    public IReadOnlyList<MetricEntry> Unsent { get; }
}
