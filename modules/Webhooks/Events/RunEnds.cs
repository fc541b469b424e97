namespace Slipway.Webhooks.Events;

/// <summary>The two events that the end of a run is told as.</summary>
internal static class RunEnds
{
    public const string Well = "run.finished";
    public const string Badly = "run.failed";
}
