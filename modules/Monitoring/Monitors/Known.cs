using Slipway.Kernel;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Monitors;

/// <summary>Whether there is anything to say of an endpoint.</summary>
internal static class Known
{
    /// <summary>Null when the workspace has the endpoint.</summary>
    public static Problem? Fault(ReadTx tx, IEndpoints endpoints, string workspace, string endpoint) =>
        endpoints.Find(tx, workspace, endpoint) is null ? Problem.NotFound("endpoint", endpoint) : null;
}
