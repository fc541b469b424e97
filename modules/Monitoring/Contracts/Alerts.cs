namespace Slipway.Monitoring.Contracts;

public enum AlertState
{
    Open,
    Closed,
}

/// <summary>Something that a person should know.</summary>
/// <param name="Kind"><c>drift</c>, <c>envelope</c>, <c>performance</c> or <c>fairness</c>.</param>
/// <param name="Reason">One sentence with figures.</param>
/// <param name="Subject">The decision or the group, where one is meant.</param>
/// <param name="LastMs">End of the newest predictions that still said so.</param>
/// <param name="Features">Of a drift: what moved, by contribution.</param>
/// <param name="Reactions">What the monitor does about it.</param>
/// <param name="WindowId">The window that decided; absent for an envelope, which is looked at all the time.</param>
/// <param name="EvidenceDigest">SHA-256 of the result (JSON) that decided.</param>
public sealed record AlertView(
    string Id, string Endpoint, string Model, long Version, string DeploymentId, string Kind, AlertState State, string Reason, long OpenedMs, long LastMs,
    IReadOnlyList<AlertFeature> Features, IReadOnlyList<ReactionView> Reactions, string EvidenceDigest,
    string? Subject = null, string? WindowId = null, long? ClosedMs = null, string? ClosedBy = null, string? ClosedReason = null);

/// <param name="Contribution">Share of the sum of all indices, 0 to 1.</param>
public sealed record AlertFeature(string Feature, double Psi, double PValue, double Contribution);

/// <param name="Reaction"><c>haltRollout</c>, <c>rollBack</c>, <c>rollBackOrStop</c>, <c>stop</c> or <c>requestRetraining</c>.</param>
/// <param name="State"><c>pending</c>, <c>done</c>, <c>notNeeded</c> or <c>failed</c>.</param>
/// <param name="Detail">What came of it; absent while it is pending.</param>
public sealed record ReactionView(string Reaction, string State, long CreatedMs, string? Detail = null, long? EndedMs = null);

/// <param name="Reason">Why nothing more is to be done.</param>
public sealed record CloseAlertRequest(string Reason);

/// <summary>Somebody or something asks for a new version of a model; a person decides.</summary>
/// <param name="State"><c>open</c>, <c>started</c> or <c>dismissed</c>.</param>
/// <param name="Pipeline">That made the version; absent when none is known.</param>
/// <param name="PipelineRunId">The run that was started for it.</param>
/// <param name="Note">What the person wrote who ended it.</param>
public sealed record RetrainingView(
    string Id, string Model, string Endpoint, long Version, string State, string Reason, long RequestedMs,
    string? Pipeline = null, string? AlertId = null, long? EndedMs = null, string? EndedBy = null, string? PipelineRunId = null, string? Note = null);

/// <param name="PipelineRunId">A run of this workspace that makes the new version.</param>
public sealed record StartRetrainingRequest(string PipelineRunId, string? Note = null);

/// <param name="Reason">Why no new version is needed.</param>
public sealed record DismissRetrainingRequest(string Reason);
