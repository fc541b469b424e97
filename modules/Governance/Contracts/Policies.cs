namespace Slipway.Governance.Contracts;

/// <param name="Text">YAML; at most 64 KiB. docs/governance.md says what may stand in it.</param>
/// <param name="Reason">Why it changes; absent when only checked.</param>
public sealed record PolicyRequest(string Text, string? Reason = null);

/// <summary>A policy of a workspace.</summary>
/// <param name="Version">From 1; 0 = the one that is built in, in force while none was set.</param>
/// <param name="Digest">SHA-256 of the text.</param>
/// <param name="Governs">Actions that are denied unless the version concerned is approved.</param>
/// <param name="SignOffs">How many distinct people must sign, by tier: four numbers, for tiers 1 to 4.</param>
/// <param name="ServiceAccounts">Whether service accounts may sign.</param>
/// <param name="CreatedMs">Absent for the one that is built in; the other two alike.</param>
/// <param name="Text">As it was written; absent in lists.</param>
public sealed record PolicyView(
    long Version, string Name, string Digest, bool InForce, IReadOnlyList<string> Governs, IReadOnlyList<int> SignOffs, bool ServiceAccounts, IReadOnlyList<PolicyRowView> Rows,
    long? CreatedMs = null, string? By = null, string? Reason = null, string? Description = null, string? Text = null);

/// <summary>One requirement.</summary>
/// <param name="Name">Unique in the policy.</param>
/// <param name="Effect"><c>require</c> or <c>forbid</c>; a forbidding row wins over everything and cannot be waived.</param>
/// <param name="Evidence">Name of the evidence, such as <c>metrics.roc_auc</c>.</param>
/// <param name="Operator"><c>exists</c>, <c>equals</c>, <c>differs</c>, <c>atLeast</c>, <c>atMost</c>, <c>above</c>, <c>below</c> or <c>oneOf</c>.</param>
/// <param name="Expected">What it is compared with, ready to read; empty for <c>exists</c>.</param>
/// <param name="Waivable">An exception may take its place for a while.</param>
/// <param name="MaximumAgeMs">How old the evidence may be; absent = any age.</param>
/// <param name="Tiers">For which tiers it counts; absent = for all.</param>
/// <param name="Why">What it is for, in one sentence.</param>
public sealed record PolicyRowView(
    string Name, string Effect, string Evidence, string Operator, string Expected, bool Waivable, long? MaximumAgeMs = null, IReadOnlyList<int>? Tiers = null, string? Why = null);

/// <summary>What a text is worth as a policy.</summary>
/// <param name="Valid">It could be set: no fault, and every test passes.</param>
/// <param name="Faults">Of the text; with any there are no tests.</param>
/// <param name="Digest">SHA-256 of the text.</param>
public sealed record PolicyCheckView(bool Valid, string Digest, IReadOnlyList<PolicyFaultView> Faults, IReadOnlyList<PolicyTestView> Tests);

/// <param name="Path">Such as <c>rows[2].operator</c>.</param>
/// <param name="Line">In the text, from 1; absent when it is not known.</param>
public sealed record PolicyFaultView(string Path, string Detail, int? Line = null);

/// <summary>A test that stands beside the rows.</summary>
/// <param name="Detail">What came out instead of what was expected, in sentences; absent when it passed.</param>
public sealed record PolicyTestView(string Name, bool Passed, string? Detail = null);
