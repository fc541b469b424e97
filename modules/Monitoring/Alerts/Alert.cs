using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Alerts;

/// <summary>An alert as it is stored.</summary>
/// <param name="Kind"><c>drift</c>, <c>envelope</c>, <c>performance</c> or <c>fairness</c>: the key below <c>on</c> in definitions.</param>
/// <param name="Subject">The decision or the group; empty when none is meant.</param>
internal sealed record Alert(
    string Id, string Workspace, string Endpoint, string Model, long Version, string DeploymentId, string Kind, string Subject, string Reason, IReadOnlyList<AlertFeature> Features,
    string? WindowId, string Digest, long OpenedMs, long LastMs, long? ClosedMs = null, string? ClosedBy = null, string? ClosedReason = null)
{
    public const string Drift = "drift";
    public const string Envelope = "envelope";
    public const string Performance = "performance";
    public const string Fairness = "fairness";

    public AlertView ToView(IReadOnlyList<ReactionView> reactions) => new(
        Id, Endpoint, Model, Version, DeploymentId, Kind, ClosedMs is null ? AlertState.Open : AlertState.Closed, Reason, OpenedMs, LastMs, Features, reactions, Digest,
        Subject.Length > 0 ? Subject : null, WindowId, ClosedMs, ClosedBy, ClosedReason);
}
