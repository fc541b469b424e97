using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Retraining;

/// <summary>A request for a new version of a model, as it is stored.</summary>
/// <param name="State"><see cref="Open"/>, <see cref="Started"/> or <see cref="Dismissed"/>.</param>
internal sealed record RetrainingRequest(
    string Id, string Workspace, string Model, string Endpoint, long Version, string AlertId, string? Pipeline, string Reason, string State, long RequestedMs,
    long? EndedMs = null, string? EndedBy = null, string? PipelineRunId = null, string? Note = null)
{
    public const string Open = "open";
    public const string Started = "started";
    public const string Dismissed = "dismissed";

    public RetrainingView ToView() => new(Id, Model, Endpoint, Version, State, Reason, RequestedMs, Pipeline, AlertId, EndedMs, EndedBy, PipelineRunId, Note);
}
