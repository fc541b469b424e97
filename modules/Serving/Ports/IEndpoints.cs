using Slipway.Kernel;

namespace Slipway.Serving.Ports;

/// <summary>What later rooms may ask of endpoints and do to them. Thread safe.</summary>
public interface IEndpoints
{
    /// <summary>By name, without those whose model is hidden from the caller; asks for no permission.</summary>
    IReadOnlyList<EndpointState> List(ReadTx tx, Caller caller);

    /// <summary>Null when the caller's workspace has no such endpoint, or its model is hidden from them; asks for no permission.</summary>
    EndpointState? Find(ReadTx tx, Caller caller, string endpoint);

    /// <summary>Null when the workspace has no such endpoint: for the server's own work.</summary>
    EndpointState? FindForServer(ReadTx tx, string workspace, string endpoint);

    /// <summary>Freezes the rollout: shares stay as they are, and nobody can widen the canary until a person releases it. Again changes nothing.</summary>
    /// <param name="reason">One sentence, for people and for the audit log.</param>
    /// <returns>404 when there is no such endpoint.</returns>
    Task<Result<EndpointState>> Halt(Caller caller, string endpoint, string reason, CancellationToken ct);

    /// <summary>Gives the whole traffic back to the champion and removes the canary; without a canary, to the champion before. Again changes nothing.</summary>
    /// <returns>404 when there is no such endpoint; 409 when there is nothing to go back to: then the caller may stop the endpoint.</returns>
    Task<Result<EndpointState>> RollBack(Caller caller, string endpoint, string reason, CancellationToken ct);

    /// <summary>As the other one, but only when this version is at work under the endpoint: takes it out, whether it is canary, shadow or champion. A version that is not there changes nothing.</summary>
    Task<Result<EndpointState>> RollBack(Caller caller, string endpoint, long version, string reason, CancellationToken ct);

    /// <summary>The kill switch: from the next request on nothing is answered, until two distinct people have released it. Again changes nothing.</summary>
    Task<Result<EndpointState>> Stop(Caller caller, string endpoint, string reason, CancellationToken ct);
}

public enum RolloutState
{
    /// <summary>One version has all the traffic.</summary>
    Steady,

    /// <summary>A canary has a share of it.</summary>
    Canary,

    /// <summary>Shares are frozen.</summary>
    Halted,
}

public enum DeploymentRole
{
    Champion,
    Canary,

    /// <summary>Predicts beside the others; its answers are logged and never sent.</summary>
    Shadow,
}

/// <param name="Stopped">By the kill switch.</param>
public sealed record EndpointState(
    string Workspace, string Endpoint, string Model, bool Stopped, RolloutState Rollout, IReadOnlyList<DeploymentState> Deployments, long ChangedMs, string? Reason = null);

/// <summary>One version at work under an endpoint.</summary>
/// <param name="Share">Of the units, 0 to 1; 0 for a shadow.</param>
/// <param name="ModelDigest">SHA-256 of the model file that was approved and is loaded.</param>
/// <param name="Threshold">Scores at or above it become the first decision; null when the version's evaluation names no decisions.</param>
public sealed record DeploymentState(
    string DeploymentId, long Version, DeploymentRole Role, double Share, string ModelDigest, string? ApprovalId, long SinceMs,
    double? Threshold = null, string? AtOrAbove = null, string? Below = null);
