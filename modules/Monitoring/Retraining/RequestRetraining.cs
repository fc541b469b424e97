using Slipway.Kernel;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Ports;
using Slipway.Monitoring.Reactions;
using Slipway.Registry.Ports;

namespace Slipway.Monitoring.Retraining;

/// <summary>Asks people for a new version of a model; while a request is open, a further cause adds none.</summary>
internal sealed class RequestRetraining(Db db, IVersions versions, LiveHub live)
{
    public Task<Result<(string State, string Detail)>> Handle(Caller by, Alert alert, DueReaction reaction, CancellationToken ct) => db.Write<Result<(string, string)>>(tx =>
    {
        if (RetrainingStore.FindOpen(tx, alert.Workspace, alert.Model) is { } open)
        {
            return (open.AlertId == alert.Id ? ReactionStore.Done : ReactionStore.NotNeeded, $"Retraining of '{alert.Model}' is asked for already ({open.Id}).");
        }

        var pipeline = versions.Find(tx, alert.Workspace, alert.Model, alert.Version)?.Pipeline;
        var request = new RetrainingRequest(
            Ids.New(tx.Clock), alert.Workspace, alert.Model, alert.Endpoint, alert.Version, alert.Id, pipeline, alert.Reason, RetrainingRequest.Open, tx.Clock.NowMs());
        var detail = $"Retraining of '{alert.Model}' was asked for ({request.Id}).";

        // In the same transaction, so that nothing is asked for twice.
        if (!ReactionStore.End(tx, reaction, ReactionStore.Done, detail, tx.Clock.NowMs())) { return (ReactionStore.Done, detail); }

        RetrainingStore.Insert(tx, request);
        tx.Audit(by, Actions.RetrainingRequest, $"model/{alert.Model}", after: request, reason: alert.Reason);
        tx.Publish(by, new RetrainingRequested(alert.Workspace, request.Id, alert.Model, pipeline, alert.Reason));
        tx.AfterCommit(() => live.Send(new LiveChange("retraining", alert.Workspace, request.Id, alert.Model)));
        return (ReactionStore.Done, detail);
    }, ct);
}
