using Slipway.Kernel;
using Slipway.Monitoring.Folding;
using Slipway.Monitoring.Ports;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Definitions;

/// <summary>Tells which definition is in force, whenever another one comes into force.</summary>
internal static class DefinitionWriter
{
    /// <summary>Watches an endpoint from now on, under the definition that is in force for it; again changes nothing. What was said of another of its name is no verdict on it.</summary>
    public static void Watch(WriteTx tx, EndpointState endpoint)
    {
        // Whatever came in after it was deleted is not about this one.
        if (EndpointStore.IsDeleted(tx, endpoint.Workspace, endpoint.Endpoint)) { Predecessor.Forget(tx, endpoint.Workspace, endpoint.Endpoint, endpoint.Model, tx.Clock.NowMs()); }

        if (EndpointStore.Note(tx, endpoint.Workspace, endpoint.Endpoint, endpoint.Model))
        {
            Tell(tx, Caller.ForJob("monitoring", endpoint.Workspace), endpoint, DefinitionStore.InForce(tx, endpoint.Workspace, endpoint.Endpoint));
        }
    }

    public static void Tell(WriteTx tx, Caller by, EndpointState endpoint, MonitorDefinition definition) => tx.Publish(by, new MonitorDefined(
        endpoint.Workspace, endpoint.Endpoint, endpoint.Model, definition.Version, definition.Digest,
        [.. definition.Settings.Reactions.Where(reaction => reaction.Value.Count > 0).OrderBy(reaction => reaction.Key, StringComparer.Ordinal).Select(reaction => new ArmedReaction(reaction.Key, reaction.Value))]));
}
