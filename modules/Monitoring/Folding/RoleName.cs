using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>Roles as the wire says them.</summary>
internal static class RoleName
{
    public static string Of(DeploymentRole role) => role switch
    {
        DeploymentRole.Champion => "champion",
        DeploymentRole.Canary => "canary",
        _ => "shadow",
    };
}
