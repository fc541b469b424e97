namespace Slipway.Governance.Contracts;

/// <summary>What a model is for and who answers for it; the whole entry, in place of the one before.</summary>
/// <param name="Purpose">What it is for, 1 to 2,000 characters.</param>
/// <param name="UseCase">The business decision that it serves, 1 to 500 characters.</param>
/// <param name="ApprovedUses">What it may be used for, at most 50 lines.</param>
/// <param name="Factors">What makes it consequential, by name; <c>exposure</c> and <c>purpose</c> must be there, at most 12 in all.</param>
/// <param name="Owner">Id or name of the person who answers for it; absent = nobody is named.</param>
/// <param name="Conditions">What must stay true in production; absent = nothing was said.</param>
public sealed record InventoryRequest(
    string Purpose, string UseCase, IReadOnlyList<string> ApprovedUses, IReadOnlyDictionary<string, TierFactor> Factors, string? Owner = null, ModelConditions? Conditions = null);

/// <summary>The same entry as YAML, with faults by line.</summary>
/// <param name="Text">At most 64 KiB.</param>
public sealed record InventoryTextRequest(string Text);

/// <param name="Score">1 (little) to 5 (much).</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record TierFactor(int Score, string Reason);

/// <param name="Decisions">At most 20; absent = nothing was said.</param>
public sealed record ModelConditions(PopulationLimit? Population = null, IReadOnlyList<DecisionShare>? Decisions = null);

/// <param name="MaximumPsi">Population stability index of any feature, at most; above 0, at most 10.</param>
/// <param name="Features">Which features; absent = every one of the model.</param>
public sealed record PopulationLimit(double MaximumPsi, IReadOnlyList<string>? Features = null);

/// <summary>The share of a decision among all predictions lies between the two.</summary>
/// <param name="Decision">As the evaluation names it.</param>
/// <param name="Low">0 to 1.</param>
/// <param name="High">0 to 1, above <paramref name="Low"/>.</param>
public sealed record DecisionShare(string Decision, double Low, double High);

/// <summary>The entry of a model.</summary>
/// <param name="Owner">Absent = nobody is named.</param>
/// <param name="Tier">1 (most consequential) to 4.</param>
/// <param name="TierScore">The geometric mean of the factors' scores, 1 to 5, from which the tier follows.</param>
/// <param name="TierReason">How the tier was found, in one sentence.</param>
/// <param name="Digest">SHA-256 of the entry as canonical JSON.</param>
/// <param name="Voided">Approvals that this change has voided; only in the answer to a change.</param>
public sealed record InventoryEntryView(
    string Model, string Purpose, string UseCase, IReadOnlyList<string> ApprovedUses, IReadOnlyDictionary<string, TierFactor> Factors, int Tier, double TierScore, string TierReason,
    string Digest, long ChangedMs, string ChangedBy, InventoryOwner? Owner = null, ModelConditions? Conditions = null, IReadOnlyList<string>? Voided = null);

/// <param name="Id">Of the principal.</param>
public sealed record InventoryOwner(string Id, string Name);
