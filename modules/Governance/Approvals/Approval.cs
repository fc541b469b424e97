using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;

namespace Slipway.Governance.Approvals;

/// <summary>A row of <c>governance_approvals</c> with its sign-offs.</summary>
/// <param name="Evidence">What the version's reports said when it was asked for.</param>
/// <param name="Bound">The bound fields as they were asked for; from the first sign-off on, as they were signed.</param>
/// <param name="DueMs">When time alone may end it; null = never.</param>
internal sealed record Approval(
    string Id, string Workspace, string Model, long Version, ApprovalStage State, string Reason, string RequestedBy, string RequestedByName, long RequestedMs,
    EvidenceSet Evidence, BoundFields Bound, IReadOnlyList<SignOff> SignOffs,
    long? GrantedMs = null, long? DueMs = null, long? EndedMs = null, string? EndedBy = null, string? EndedReason = null)
{
    public string Subject => $"approval/{Id}";

    /// <summary>What was signed may not change any more.</summary>
    public bool IsSigned => SignOffs.Count > 0;

    public bool IsOpen => State is ApprovalStage.Requested or ApprovalStage.Granted;
}

/// <param name="PersonId">The person, or the owner of the service account that signed.</param>
internal sealed record SignOff(string PersonId, string SignerId, string SignerName, long AtMs, string EvidenceDigest, string Reason);
