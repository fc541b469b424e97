using Slipway.Kernel;

namespace Slipway.Governance.Ports;

/// <summary>Whether a version may be used, asked by later rooms in the transaction of their own change. Thread safe.</summary>
public interface IApprovals
{
    /// <summary>
    /// Compares everything that the sign-offs are bound to with what it is now, in this transaction: an approval that was overtaken is not in force, also before anybody has noted that it is void.
    /// Asks for no permission.
    /// </summary>
    ApprovalState StateOf(ReadTx tx, string workspace, string model, long version);
}

/// <param name="InForce">True = every sign-off that the policy asks for is there, by distinct eligible people, and nothing bound has changed.</param>
/// <param name="ApprovalId">The approval that was looked at; null when there is none.</param>
/// <param name="EvidenceDigest">SHA-256 of all bound fields, 64 hex digits.</param>
/// <param name="Reasons">When not in force: what is missing or has changed, in sentences.</param>
/// <param name="Conditions">Under which it was given; null when there is no approval.</param>
/// <param name="ExpiresMs">When the approval, or an exception that it needs, ends by itself; null = never.</param>
/// <param name="Decision">What the evaluation that was approved makes of a score; null when there is no approval.</param>
public sealed record ApprovalState(
    bool InForce, string? ApprovalId, string? EvidenceDigest, IReadOnlyList<string> Reasons, ApprovedConditions? Conditions = null, long? ExpiresMs = null, ApprovedDecision? Decision = null);

/// <summary>The decision of the evaluation that was approved; all null when it names none.</summary>
/// <param name="Threshold">Of the score.</param>
/// <param name="AtOrAbove">What a score at the threshold or above means.</param>
/// <param name="Below">What a lower score means.</param>
public sealed record ApprovedDecision(double? Threshold, string? AtOrAbove, string? Below);

/// <summary>What must stay true in production for the approval to mean anything; part of the model's inventory entry, and bound.</summary>
/// <param name="Population">Null = nothing was said.</param>
/// <param name="Decisions">Bands of shares of decisions.</param>
public sealed record ApprovedConditions(PopulationCondition? Population, IReadOnlyList<DecisionBand> Decisions);

/// <summary>The population is the one that the version was trained and validated on.</summary>
/// <param name="MaximumPsi">Population stability index of any feature, at most; above 0.</param>
/// <param name="Features">Which features; null = every one of the model.</param>
public sealed record PopulationCondition(double MaximumPsi, IReadOnlyList<string>? Features = null);

/// <summary>The share of a decision among all predictions.</summary>
/// <param name="Decision">As the evaluation names it, such as <c>deny</c>.</param>
/// <param name="Low">0 to 1.</param>
/// <param name="High">0 to 1, above <paramref name="Low"/>.</param>
public sealed record DecisionBand(string Decision, double Low, double High);
