using Slipway.Governance.Evidence;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Approvals;

internal sealed class ApprovalsPort(Standings standings) : IApprovals
{
    public ApprovalState StateOf(ReadTx tx, string workspace, string model, long version)
    {
        if (ApprovalStore.Deciding(tx, workspace, model, version) is not { } approval)
        {
            return new ApprovalState(false, null, null, [$"Nobody has asked for the approval of version {version} of '{model}'."]);
        }

        var standing = standings.At(tx, workspace).Of(approval);
        return new ApprovalState(standing.InForce, approval.Id, approval.Bound.Digest, [.. standing.Reasons()], standing.Entry?.Entry.Approved, standing.EndsMs, DecisionOf(approval.Evidence));
    }

    public static ApprovedDecision DecisionOf(EvidenceSet evidence) => new(evidence["decision.threshold"]?.Number, evidence["decision.atOrAbove"]?.Text, evidence["decision.below"]?.Text);
}
