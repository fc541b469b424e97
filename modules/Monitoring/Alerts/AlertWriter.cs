using Slipway.Kernel;
using Slipway.Monitoring.Reactions;

namespace Slipway.Monitoring.Alerts;

/// <summary>Opens and closes alerts in the transaction of what was found; one per cause is open at a time.</summary>
internal static class AlertWriter
{
    /// <param name="reactions">What follows, in this order; none for a shadow.</param>
    /// <returns>False when one is open for this cause already: then only its last sight moves.</returns>
    public static bool Raise(WriteTx tx, Caller by, Alert alert, IReadOnlyList<string> reactions)
    {
        if (AlertStore.FindOpen(tx, alert.Workspace, alert.Endpoint, alert.Version, alert.DeploymentId, alert.Kind, alert.Subject) is { } open)
        {
            AlertStore.Seen(tx, open.Id, alert.LastMs);
            return false;
        }

        AlertStore.Insert(tx, alert);
        for (var place = 0; place < reactions.Count; place++) { ReactionStore.Insert(tx, alert.Id, place, reactions[place], tx.Clock.NowMs()); }

        tx.Audit(by, Actions.AlertOpen, $"monitor/{alert.Endpoint}/{alert.Version}", after: new { alert.Id, alert.Kind, alert.Subject, alert.Digest, Reactions = reactions }, reason: alert.Reason);
        return true;
    }

    public static void Close(WriteTx tx, Caller by, Alert alert, string reason)
    {
        AlertStore.Close(tx, alert.Id, by.Name, reason, tx.Clock.NowMs());
        tx.Audit(by, Actions.AlertClose, $"monitor/{alert.Endpoint}/{alert.Version}", before: new { alert.Id, alert.Kind }, reason: reason);
    }
}
