using Slipway.Kernel;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Definitions;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>Watches every endpoint from its first traffic on, without anybody having said so; closes the alerts of deployments that are gone.</summary>
internal sealed class FollowTraffic(Db db, IEndpoints endpoints, LiveHub live) : FactHandler<TrafficChanged>
{
    public override string Subscriber => "monitoring.traffic";

    protected override Task Handle(StoredFact stored, TrafficChanged fact, CancellationToken ct) => db.Write(tx =>
    {
        // What is there now, not what the fact says: it may have been overtaken.
        if (endpoints.FindForServer(tx, fact.Workspace, fact.Endpoint) is not { } now) { return; }

        DefinitionWriter.Watch(tx, now);
        var here = now.Deployments.Select(deployment => deployment.DeploymentId).ToHashSet(StringComparer.Ordinal);
        foreach (var alert in AlertStore.OpenOf(tx, fact.Workspace, fact.Endpoint).Where(alert => !here.Contains(alert.DeploymentId)))
        {
            AlertWriter.Close(tx, Caller.ForJob("monitoring", fact.Workspace), alert, $"Version {alert.Version} no longer answers under '{fact.Endpoint}'.");
        }

        tx.AfterCommit(() => live.Send(new LiveChange("monitor", fact.Workspace, fact.Endpoint, now.Model)));
    }, ct);
}

/// <summary>Watches an endpoint as soon as it is made.</summary>
internal sealed class FollowCreated(Db db, IEndpoints endpoints) : FactHandler<EndpointCreated>
{
    public override string Subscriber => "monitoring.endpointCreated";

    protected override Task Handle(StoredFact stored, EndpointCreated fact, CancellationToken ct) => db.Write(tx =>
    {
        if (endpoints.FindForServer(tx, fact.Workspace, fact.Endpoint) is { } now) { DefinitionWriter.Watch(tx, now); }
    }, ct);
}

/// <summary>Looks no more at an endpoint that is deleted, and says nothing of it any more; its windows and alerts stay.</summary>
internal sealed class FollowDeleted(Db db, IEndpoints endpoints) : FactHandler<EndpointDeleted>
{
    public override string Subscriber => "monitoring.endpointDeleted";

    protected override Task Handle(StoredFact stored, EndpointDeleted fact, CancellationToken ct) => db.Write(tx =>
    {
        Predecessor.Forget(tx, fact.Workspace, fact.Endpoint, fact.Model, stored.AtMs);
        if (endpoints.FindForServer(tx, fact.Workspace, fact.Endpoint) is not null) { return; }

        EndpointStore.Delete(tx, fact.Workspace, fact.Endpoint);
        foreach (var alert in AlertStore.OpenOf(tx, fact.Workspace, fact.Endpoint))
        {
            AlertWriter.Close(tx, Caller.ForJob("monitoring", fact.Workspace), alert, $"The endpoint '{fact.Endpoint}' was deleted.");
        }
    }, ct);
}
