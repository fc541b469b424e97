using Slipway.Kernel;

namespace Slipway.Serving.Ports;

public sealed record EndpointCreated(string Workspace, string Endpoint, string Model) : IFact
{
    public static string Kind => "endpoint.created";

    public string Subject => $"endpoint/{Endpoint}";
}

public sealed record EndpointDeleted(string Workspace, string Endpoint, string Model) : IFact
{
    public static string Kind => "endpoint.deleted";

    public string Subject => $"endpoint/{Endpoint}";
}

/// <summary>Which versions answer under an endpoint changed, or how much each gets: the whole of it after the change.</summary>
/// <param name="Reason">Why, when somebody or a rule said so.</param>
public sealed record TrafficChanged(string Workspace, string Endpoint, string Model, RolloutState Rollout, IReadOnlyList<DeploymentState> Deployments, string? Reason = null) : IFact
{
    public static string Kind => "endpoint.trafficChanged";

    public string Subject => $"endpoint/{Endpoint}";
}

/// <summary>The shares are frozen; told beside <see cref="TrafficChanged"/>.</summary>
public sealed record RolloutHalted(string Workspace, string Endpoint, string Model, long? Version, string Reason) : IFact
{
    public static string Kind => "rollout.halted";

    public string Subject => $"endpoint/{Endpoint}";
}

/// <summary>A version was taken out of the traffic; told beside <see cref="TrafficChanged"/>.</summary>
public sealed record RolledBack(string Workspace, string Endpoint, string Model, long From, long To, string Reason) : IFact
{
    public static string Kind => "rollout.rolledBack";

    public string Subject => $"endpoint/{Endpoint}";
}

/// <summary>The kill switch was used.</summary>
public sealed record EndpointStopped(string Workspace, string Endpoint, string Model, string Reason) : IFact
{
    public static string Kind => "endpoint.stopped";

    public string Subject => $"endpoint/{Endpoint}";
}

/// <param name="By">Names of the two who released it.</param>
public sealed record EndpointReleased(string Workspace, string Endpoint, string Model, IReadOnlyList<string> By, string Reason) : IFact
{
    public static string Kind => "endpoint.released";

    public string Subject => $"endpoint/{Endpoint}";
}
