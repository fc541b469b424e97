namespace Slipway.Governance.Contracts;

/// <param name="Reason">Why the version should be used, 1 to 2,000 characters.</param>
public sealed record ApprovalRequest(string Model, long Version, string Reason);

/// <param name="Reason">Why the signer finds it right, 1 to 2,000 characters.</param>
/// <param name="EvidenceDigest">The digest that the signer has seen; when the evidence is another by now, nothing is signed (409).</param>
public sealed record SignRequest(string Reason, string EvidenceDigest);

/// <param name="Reason">1 to 2,000 characters.</param>
public sealed record EndRequest(string Reason);

public enum ApprovalStage
{
    /// <summary>Waits for sign-offs.</summary>
    Requested,

    /// <summary>Every sign-off is there.</summary>
    Granted,

    /// <summary>An approver said no.</summary>
    Refused,

    /// <summary>Something that was signed has changed since.</summary>
    Voided,

    /// <summary>An exception ran out, or evidence has become too old.</summary>
    Expired,

    /// <summary>Taken back by a person.</summary>
    Withdrawn,
}

/// <summary>An approval as a line of a list.</summary>
/// <param name="InForce">Granted, and nothing bound has changed.</param>
/// <param name="Unmet">Number of rows that stand against it now.</param>
/// <param name="MaySign">The caller could sign it now.</param>
/// <param name="MayDecide">It waits, and the caller could sign it if the policy asked for nothing more: they may refuse it or waive what stands against it.</param>
public sealed record ApprovalRow(
    string Id, string Model, long Version, ApprovalStage State, bool InForce, string RequestedBy, long RequestedMs, string Reason, ApprovalNeeds Needs, int Unmet, int Waived, bool MaySign,
    int? Tier = null, long? EndedMs = null, string? EndedReason = null, bool MayDecide = false);

/// <summary>An approval with everything that a signer must see.</summary>
/// <param name="EvidenceDigest">SHA-256 of all bound fields, as they are now while it waits for its first sign-off, as they were signed afterwards.</param>
/// <param name="Rows">What the policy asks for and what it found, as of now.</param>
/// <param name="Bound">What a sign-off is bound to, in the order of names.</param>
/// <param name="Changes">What differs from the last approval of the model that was granted; empty when there was none.</param>
/// <param name="Overtaken">What has changed since the first sign-off; any field here voids the approval.</param>
/// <param name="ExpiresMs">When it ends by itself; absent = never.</param>
public sealed record ApprovalView(
    string Id, string Model, long Version, ApprovalStage State, bool InForce, string RequestedBy, long RequestedMs, string Reason, string EvidenceDigest, string Policy,
    IReadOnlyList<ApprovalRowView> Rows, IReadOnlyList<BoundField> Bound, IReadOnlyList<SignOffView> SignOffs, ApprovalNeeds Needs, MySignOff Mine,
    IReadOnlyList<BoundChange> Changes, IReadOnlyList<BoundChange> Overtaken,
    int? Tier = null, string? RequestedById = null, long? GrantedMs = null, long? ExpiresMs = null, long? EndedMs = null, string? EndedBy = null, string? EndedReason = null,
    long? ComparedVersion = null);

public enum RowVerdict
{
    Met,
    Unmet,

    /// <summary>Nothing is known.</summary>
    Missing,

    /// <summary>What is known is too old.</summary>
    Stale,

    /// <summary>Not met, and an exception stands in its place.</summary>
    Waived,
}

/// <summary>A row of the policy against the evidence.</summary>
/// <param name="Actual">What was found, ready to read; absent = nothing.</param>
/// <param name="Sentence">The verdict in words.</param>
/// <param name="EvidenceDigest">SHA-256 of the record that the evidence was read from; absent when it is not from a record.</param>
/// <param name="ExceptionId">The exception that stands in its place.</param>
public sealed record ApprovalRowView(
    string Requirement, string Effect, string Evidence, string Operator, string Expected, RowVerdict Verdict, string Sentence, bool Waivable,
    string? Actual = null, long? AgeMs = null, long? MaximumAgeMs = null, string? EvidenceDigest = null, string? ExceptionId = null, string? Why = null);

public sealed record BoundField(string Field, string Value);

/// <param name="From">Absent = it was not there.</param>
/// <param name="To">Absent = it is gone.</param>
public sealed record BoundChange(string Field, string? From = null, string? To = null);

public sealed record SignOffView(string By, string ById, long AtMs, string Reason, string EvidenceDigest);

/// <param name="SignOffs">How many distinct people the policy asks for.</param>
/// <param name="Have">How many have signed.</param>
public sealed record ApprovalNeeds(int SignOffs, int Have);

/// <param name="Why">When not: why the caller cannot sign now, in one sentence.</param>
/// <param name="MayDecide">It waits, and the caller could sign it if the policy asked for nothing more.</param>
public sealed record MySignOff(bool MaySign, string? Why = null, bool MayDecide = false);
