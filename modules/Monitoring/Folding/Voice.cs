using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>What a deployment's findings count for.</summary>
/// <param name="IsHere">It is at work under the endpoint: alerts are raised for it.</param>
/// <param name="Speaks">They are the verdict on its version. There is one per version, and people's answers come before a shadow's, those of now before those of a deployment that is gone.</param>
internal readonly record struct Voice(bool IsHere, bool Speaks)
{
    /// <param name="here">What is at work under the endpoint.</param>
    /// <param name="isShadow">By the newest prediction that was looked at.</param>
    public static Voice Of(IReadOnlyList<DeploymentState> here, string deploymentId, long version, bool isShadow)
    {
        var others = here.Where(one => one.Version == version && one.DeploymentId != deploymentId).ToList();
        return here.Any(one => one.DeploymentId == deploymentId)
            ? new Voice(true, !isShadow || others.All(one => one.Role == DeploymentRole.Shadow))
            : new Voice(false, others.Count == 0);
    }
}
