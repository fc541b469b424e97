using Slipway.Kernel;
using Slipway.Registry.Ports;
using Slipway.Serving.Live;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

/// <summary>An endpoint keeps its model under the model's new name. Whether what is at work may stay is the approvals' business.</summary>
internal sealed class FollowRename(Db db, LiveEndpoints live, LiveHub hub) : FactHandler<ModelRenamed>
{
    public override string Subscriber => "serving.modelRenamed";

    protected override async Task Handle(StoredFact stored, ModelRenamed fact, CancellationToken ct)
    {
        var caller = Caller.ForJob("serving", fact.Workspace);
        var renamed = await db.Write(tx =>
        {
            var endpoints = EndpointStore.List(tx, fact.Workspace, "", Limits.EndpointsPerWorkspace).Where(endpoint => endpoint.Model == fact.Previous).ToList();
            foreach (var endpoint in endpoints)
            {
                var changed = endpoint with { Model = fact.Model, ChangedMs = tx.Clock.NowMs() };
                EndpointStore.Rename(tx, changed);
                tx.Publish(caller, new TrafficChanged(changed.Workspace, changed.Name, changed.Model, changed.Rollout, changed.ToState().Deployments, $"Model {fact.Previous} is called {fact.Model} now."));
            }

            return endpoints;
        }, ct);
        if (renamed.Count == 0) { return; }

        await live.Refresh(ct);
        foreach (var endpoint in renamed) { hub.Send(new LiveChange("endpoint", fact.Workspace, endpoint.Name, fact.Model)); }
    }
}
