namespace Slipway.Governance.Contracts;

/// <summary>Waives a row of the policy for a model for a while.</summary>
/// <param name="Requirement">Name of a row that is waivable.</param>
/// <param name="Reason">Why that is right for now, 1 to 2,000 characters.</param>
/// <param name="ExpiresMs">When it ends by itself: in the future, at most 366 days from now.</param>
/// <param name="Version">Absent = every version of the model.</param>
public sealed record ExceptionRequest(string Model, string Requirement, string Reason, long ExpiresMs, long? Version = null);

/// <param name="Active">Neither withdrawn nor past its end.</param>
/// <param name="EndedReason"><c>expired</c>, or why it was withdrawn; absent while it is active.</param>
public sealed record ExceptionView(
    string Id, string Model, string Requirement, string Reason, bool Active, long GrantedMs, string By, long ExpiresMs, long? Version = null,
    long? EndedMs = null, string? EndedBy = null, string? EndedReason = null);
