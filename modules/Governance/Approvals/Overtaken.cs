using Slipway.Governance.Contracts;
using Slipway.Governance.Exceptions;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Approvals;

/// <summary>Notes that approvals have ended because something that they are bound to has changed: the row, the audit log and the fact, in the transaction of the change where there is one.</summary>
internal sealed class Overtaken(Standings standings, LiveHub live)
{
    /// <summary>Looks at the open approvals of a model.</summary>
    /// <returns>Ids of those that have ended.</returns>
    public List<string> Note(WriteTx tx, Caller by, string model) => Note(tx, by, ApprovalStore.Open(tx, by.Workspace, model));

    /// <param name="approvals">Of the caller's workspace.</param>
    /// <returns>Ids of those that have ended.</returns>
    public List<string> Note(WriteTx tx, Caller by, IReadOnlyList<Approval> approvals)
    {
        if (approvals.Count == 0) { return []; }

        var moment = standings.At(tx, by.Workspace);
        var ended = new List<string>();
        foreach (var approval in approvals)
        {
            var standing = moment.Of(approval);
            if (standing.IsOvertaken)
            {
                End(tx, by, approval, RanOut(tx, standing, moment.NowMs) ? ApprovalStage.Expired : ApprovalStage.Voided, standing.OvertakenFields, standing.OvertakenReason);
                ended.Add(approval.Id);
            }
            else if (approval.DueMs is not null && approval.DueMs != standing.EndsMs) { ApprovalStore.SetDue(tx, approval, standing.EndsMs); }
        }

        return ended;
    }

    // Nobody has changed anything: evidence has become too old, or exceptions have reached their end.
    private static bool RanOut(ReadTx tx, Standing standing, long nowMs) => standing.Identity is not null && standing.Changes.All(
        change => change.Field.StartsWith(BoundFields.ExceptionPrefix, StringComparison.Ordinal) && change.From is { } id && ExceptionStore.FindForServer(tx, standing.Approval.Workspace, id)?.RanOut(nowMs) == true);

    /// <summary>Ends one, whatever the reason is.</summary>
    /// <param name="fields">What changed.</param>
    public void End(WriteTx tx, Caller by, Approval approval, ApprovalStage state, IReadOnlyList<string> fields, string reason)
    {
        ApprovalStore.End(tx, approval, state, by, reason);
        var action = state == ApprovalStage.Expired ? Actions.ApprovalExpire : state == ApprovalStage.Withdrawn ? Actions.ApprovalWithdraw : Actions.ApprovalVoid;
        tx.Audit(by, action, approval.Subject, new { approval.State, approval.Bound.Digest }, new { State = state, fields }, reason);
        tx.Publish(by, new ApprovalVoided(approval.Workspace, approval.Id, approval.Model, approval.Version, fields, reason));
        tx.AfterCommit(() => live.Send(new LiveChange("approval", approval.Workspace, approval.Id, approval.Model)));
    }
}
