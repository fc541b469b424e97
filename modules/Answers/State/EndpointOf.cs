using Slipway.Answers.Fold;
using Slipway.Monitoring.Ports;
using Slipway.Serving.Ports;

namespace Slipway.Answers.State;

/// <summary>An endpoint of the model at the moment.</summary>
internal sealed class EndpointOf(ModelState state, string name)
{
    public string Name => name;

    public Held<TrafficChanged>? Traffic { get; } = state.Find<TrafficChanged>(Subjects.Endpoint(name), Fields.Traffic);

    /// <summary>By the kill switch, and not released since.</summary>
    public Held<EndpointStopped>? Stopped { get; } = state.Find<EndpointStopped>(Subjects.Endpoint(name), Fields.Stopped);

    /// <summary>When the kill switch was last released, in a drill or after a breach; null = it was never used.</summary>
    public Held<EndpointReleased>? Released { get; } = state.Find<EndpointReleased>(Subjects.Endpoint(name), Fields.Released);

    public Held<RolloutHalted>? Halted { get; } = state.Find<RolloutHalted>(Subjects.Endpoint(name), Fields.Halted);

    /// <summary>The last rollback, until the next canary.</summary>
    public Held<RolledBack>? RolledBack { get; } = state.Find<RolledBack>(Subjects.Endpoint(name), Fields.RolledBack);

    /// <summary>What follows by itself; null when nobody has said.</summary>
    public Held<MonitorDefined>? Monitor { get; } = state.Find<MonitorDefined>(Subjects.Endpoint(name), Fields.Monitor);

    /// <summary>The champion first, then the canary, then shadows.</summary>
    public IReadOnlyList<DeploymentState> Deployments => [.. (Traffic?.Fact.Deployments ?? []).OrderBy(deployment => deployment.Role).ThenBy(deployment => deployment.Version)];

    /// <summary>Those whose answers are sent.</summary>
    public IEnumerable<DeploymentState> Answering => Deployments.Where(deployment => deployment.Role != DeploymentRole.Shadow);

    /// <param name="aspect"><c>population</c>, <c>decisions</c>, <c>performance</c> or <c>fairness</c>.</param>
    /// <returns>Null when no monitor has said anything of it.</returns>
    public Held<MonitorChanged>? Aspect(long version, string aspect) => state.Find<MonitorChanged>(Subjects.Monitor(name, version), aspect);

    public Held<DriftDetected>? Drift(long version) => state.Find<DriftDetected>(Subjects.Monitor(name, version), Fields.Drift);

    public Held<EnvelopeBroken>? Envelope(long version) => state.Find<EnvelopeBroken>(Subjects.Monitor(name, version), Fields.Envelope);
}
