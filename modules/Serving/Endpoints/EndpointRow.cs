using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

/// <summary>A row of <c>serving_endpoints</c> with what is at work under it.</summary>
/// <param name="RolledBack">The last change of versions was a rollback.</param>
/// <param name="By">Who made it, as they were called then.</param>
internal sealed record EndpointRow(
    string Id, string Workspace, string Name, string Model, bool Halted, bool Stopped, bool RolledBack, string? Reason, long CreatedMs, long ChangedMs, string By)
{
    /// <summary>At work, champion first.</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];

    public Deployment? Champion => Deployments.FirstOrDefault(deployment => deployment.Role == DeploymentRole.Champion);

    public Deployment? Canary => Deployments.FirstOrDefault(deployment => deployment.Role == DeploymentRole.Canary);

    public RolloutState Rollout => Halted ? RolloutState.Halted : Canary is null ? RolloutState.Steady : RolloutState.Canary;

    public string Subject => SubjectOf(Name);

    public static string SubjectOf(string name) => $"endpoint/{name}";

    /// <summary>As other rooms see it.</summary>
    public EndpointState ToState() => new(
        Workspace, Name, Model, Stopped, Rollout, [.. Deployments.Select(deployment => deployment.ToState(ShareOf(deployment)))], ChangedMs, Reason);

    /// <summary>Of the units, 0 to 1.</summary>
    public double ShareOf(Deployment deployment) => deployment.Role switch
    {
        DeploymentRole.Shadow => 0,
        DeploymentRole.Canary => deployment.Buckets / (double)Split.Buckets,
        _ => (Split.Buckets - (Canary?.Buckets ?? 0)) / (double)Split.Buckets,
    };
}

/// <summary>A row of <c>serving_deployments</c>: what was approved, copied when it was deployed.</summary>
/// <param name="Buckets">Of a canary: how many of the 10,000 buckets are its own; otherwise 0.</param>
internal sealed record Deployment(
    string Id, long Version, DeploymentRole Role, int Buckets, string ModelDigest, string? ContractDigest, string? TrainingDigest, string? ApprovalId, string? EvidenceDigest,
    double? Threshold, string? AtOrAbove, string? Below, long SinceMs, string By)
{
    public DeploymentState ToState(double share) => new(Id, Version, Role, share, ModelDigest, ApprovalId, SinceMs, Threshold, AtOrAbove, Below);
}
