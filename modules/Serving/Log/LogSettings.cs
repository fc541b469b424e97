namespace Slipway.Serving.Log;

/// <summary>What the settings say to the log of an endpoint.</summary>
/// <param name="SegmentBytes">A segment that has reached it is followed by the next one.</param>
/// <param name="Required">Nothing is predicted while the log cannot be written.</param>
internal sealed record LogSettings(long SegmentBytes, bool Required)
{
    public static LogSettings Of(ServingOptions options) => new((long)options.LogSegmentMib << 20, options.LogRequired);
}
