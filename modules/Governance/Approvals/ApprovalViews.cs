using Slipway.Governance.Contracts;
using Slipway.Kernel;

namespace Slipway.Governance.Approvals;

/// <summary>Approvals as one caller sees them.</summary>
internal static class ApprovalViews
{
    public static ApprovalRow Row(Caller caller, Standings.Moment moment, Approval approval)
    {
        var standing = moment.Of(approval);
        var fault = WhyNot(caller, moment, standing);
        return new ApprovalRow(
            approval.Id, approval.Model, approval.Version, approval.State, standing.InForce, approval.RequestedByName, approval.RequestedMs, approval.Reason,
            new ApprovalNeeds(standing.SignOffsNeeded, approval.SignOffs.Count), standing.Judgement.Against.Count(), standing.Judgement.Rows.Count(row => row.Verdict == RowVerdict.Waived),
            fault is null, standing.Evidence.Tier, approval.EndedMs, approval.EndedReason, MayDecide(fault));
    }

    public static ApprovalView Detail(ReadTx tx, Caller caller, Standings.Moment moment, Approval approval)
    {
        var standing = moment.Of(approval);

        // Until somebody has signed, it is bound to nothing yet: what would be signed now is what counts.
        var bound = approval.IsSigned || !approval.IsOpen ? approval.Bound : standing.Bound;
        var last = ApprovalStore.GrantedBefore(tx, approval);
        var fault = WhyNot(caller, moment, standing);
        return new ApprovalView(
            approval.Id, approval.Model, approval.Version, approval.State, standing.InForce, approval.RequestedByName, approval.RequestedMs, approval.Reason, bound.Digest, standing.Policy.Label,
            [.. standing.Judgement.Rows.Select(row => row.ToView())], [.. bound.Values.Select(field => new BoundField(field.Key, field.Value))],
            [.. approval.SignOffs.Select(signOff => new SignOffView(signOff.SignerName, signOff.SignerId, signOff.AtMs, signOff.Reason, signOff.EvidenceDigest))],
            new ApprovalNeeds(standing.SignOffsNeeded, approval.SignOffs.Count), new MySignOff(fault is null, fault?.Detail, MayDecide(fault)),
            last is null ? [] : last.Bound.ChangesTo(bound), standing.Changes,
            standing.Evidence.Tier, approval.RequestedBy, approval.GrantedMs, approval.IsOpen ? standing.EndsMs : null, approval.EndedMs, approval.EndedBy, approval.EndedReason, last?.Version);
    }

    /// <summary>Why the caller cannot sign now; null when they can.</summary>
    private static Problem? WhyNot(Caller caller, Standings.Moment moment, Standing standing) =>
        standing.Approval.State != ApprovalStage.Requested
            ? Problem.Conflict("not_open", $"It is {ApprovalStore.Name(standing.Approval.State)}; only what was requested can be signed.")
            : caller.Lacks(Permissions.ApprovalsSign) ?? SignApproval.Fault(caller, moment, standing);

    // Nothing but the policy stands between the caller and a signature.
    private static bool MayDecide(Problem? fault) => fault is null or { Code: SignApproval.RefusedByPolicy };
}
