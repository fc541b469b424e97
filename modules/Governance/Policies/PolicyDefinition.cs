using Slipway.Governance.Evidence;

namespace Slipway.Governance.Policies;

/// <summary>A policy as it is evaluated. Immutable.</summary>
/// <param name="Governs">Actions that are denied unless the version concerned is approved.</param>
/// <param name="SignOffs">By tier: four numbers, each 1 to 5.</param>
internal sealed record PolicyDefinition(
    string Name, string? Description, IReadOnlyList<string> Governs, IReadOnlyList<int> SignOffs, bool ServiceAccounts, IReadOnlyList<PolicyRow> Rows, IReadOnlyList<PolicyTest> Tests)
{
    /// <param name="tier">Null = not known: as strict as the strictest.</param>
    public int SignOffsOf(int? tier) => tier is { } known ? SignOffs[known - 1] : SignOffs.Max();
}

/// <summary>One requirement.</summary>
/// <param name="Forbids">Its condition must not hold; else it must.</param>
/// <param name="Evidence">Name of what it looks at, for people, for its age and for its record.</param>
/// <param name="Operator">As it was written.</param>
/// <param name="Expected">What it is compared with, ready to read; empty when it is only to be there.</param>
/// <param name="MaximumAgeMs">Null = any age.</param>
/// <param name="Tiers">Null = all.</param>
internal sealed record PolicyRow(
    string Name, bool Forbids, Condition Condition, string Evidence, string Operator, string Expected, bool Waivable, long? MaximumAgeMs = null, IReadOnlyList<int>? Tiers = null, string? Why = null)
{
    /// <param name="tier">Null = not known: then every row counts.</param>
    public bool CountsFor(int? tier) => Tiers is null || tier is not { } known || Tiers.Contains(known);
}

/// <summary>What must come out of some evidence.</summary>
/// <param name="Given">With ages: evidence that came to be known so long before <see cref="NowMs"/>.</param>
/// <param name="Waived">Rows that an exception stands for.</param>
/// <param name="Allowed">Null = not said.</param>
/// <param name="Rows">Expected verdict by row, as in the wire's words.</param>
internal sealed record PolicyTest(
    string Name, EvidenceSet Given, IReadOnlyList<string> Waived, bool? Allowed, IReadOnlyDictionary<string, string> Rows, int? SignOffs = null)
{
    /// <summary>Tests do not depend on when they run.</summary>
    public const long NowMs = 1_000_000_000_000;
}
