using Slipway.Kernel;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Monitors;

/// <summary>Whether there is anything to say of an endpoint.</summary>
internal static class Known
{
    /// <summary>A 404 when the workspace has no such endpoint, or its model is hidden from the caller.</summary>
    public static Result<EndpointState> Find(ReadTx tx, IEndpoints endpoints, Caller caller, string endpoint) =>
        endpoints.Find(tx, caller, endpoint) is { } state ? state : Problem.NotFound("endpoint", endpoint);

    public static Problem? Fault(ReadTx tx, IEndpoints endpoints, Caller caller, string endpoint) => Find(tx, endpoints, caller, endpoint).Problem;
}
