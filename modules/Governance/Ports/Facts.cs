using Slipway.Kernel;

namespace Slipway.Governance.Ports;

/// <summary>The entry of a model in the inventory was made or changed.</summary>
/// <param name="Owner">Id of the principal; null = nobody is named.</param>
/// <param name="Tier">1 (most consequential) to 4.</param>
/// <param name="Digest">SHA-256 of the whole entry.</param>
public sealed record InventoryChanged(
    string Workspace, string Model, string Purpose, string? Owner, string? OwnerName, int Tier, string UseCase, IReadOnlyList<string> ApprovedUses, string Digest,
    ApprovedConditions? Conditions = null) : IFact
{
    public static string Kind => "inventory.changed";

    public string Subject => $"model/{Model}";
}

/// <summary>Another policy is in force.</summary>
/// <param name="Version">From 1.</param>
public sealed record PolicyChanged(string Workspace, long Version, string Digest) : IFact
{
    public static string Kind => "policy.changed";

    public string Subject => $"policy/{Version}";
}

/// <param name="EvidenceDigest">SHA-256 of all bound fields when it was asked.</param>
public sealed record ApprovalRequested(string Workspace, string ApprovalId, string Model, long Version, string EvidenceDigest) : IFact
{
    public static string Kind => "approval.requested";

    public string Subject => $"approval/{ApprovalId}";
}

/// <summary>One person signed; whether that is enough, <see cref="ApprovalGranted"/> says.</summary>
public sealed record ApprovalSigned(string Workspace, string ApprovalId, string Model, long Version, string EvidenceDigest, string By, string ByName, string Reason) : IFact
{
    public static string Kind => "approval.signed";

    public string Subject => $"approval/{ApprovalId}";
}

/// <summary>The last sign-off that the policy asks for is there: the version may be used.</summary>
/// <param name="SignedBy">Names of those who signed.</param>
/// <param name="Exceptions">Ids of the exceptions that it needs.</param>
/// <param name="ExpiresMs">When it ends by itself; null = never.</param>
public sealed record ApprovalGranted(
    string Workspace, string ApprovalId, string Model, long Version, string EvidenceDigest, IReadOnlyList<string> SignedBy, IReadOnlyList<string> Exceptions, long? ExpiresMs = null,
    ApprovedConditions? Conditions = null) : IFact
{
    public static string Kind => "approval.granted";

    public string Subject => $"approval/{ApprovalId}";
}

public sealed record ApprovalRefused(string Workspace, string ApprovalId, string Model, long Version, string By, string ByName, string Reason) : IFact
{
    public static string Kind => "approval.refused";

    public string Subject => $"approval/{ApprovalId}";
}

/// <summary>Something bound has changed: the version may not be used any more.</summary>
/// <param name="Fields">What changed, such as <c>inventory.purpose</c>.</param>
public sealed record ApprovalVoided(string Workspace, string ApprovalId, string Model, long Version, IReadOnlyList<string> Fields, string Reason) : IFact
{
    public static string Kind => "approval.voided";

    public string Subject => $"approval/{ApprovalId}";
}

/// <summary>A requirement of the policy is waived for a model for a while.</summary>
/// <param name="Requirement">Name of the policy's row.</param>
/// <param name="Version">Null = every version of the model.</param>
public sealed record ExceptionGranted(
    string Workspace, string ExceptionId, string Model, long? Version, string Requirement, string Reason, long ExpiresMs, string By, string ByName) : IFact
{
    public static string Kind => "exception.granted";

    public string Subject => $"exception/{ExceptionId}";
}

/// <param name="Reason"><c>expired</c>, or why it was withdrawn.</param>
public sealed record ExceptionEnded(string Workspace, string ExceptionId, string Model, string Reason) : IFact
{
    public static string Kind => "exception.ended";

    public string Subject => $"exception/{ExceptionId}";
}
