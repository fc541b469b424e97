using Slipway.Governance.Evidence;

namespace Slipway.Governance.Policies;

internal enum Comparison
{
    Equal,
    Differ,
    AtLeast,
    AtMost,
    Above,
    Below,
}

/// <summary>
/// What a row asks, as a tree that knows nothing of the text it was read from: a richer language makes other trees of the same nodes. Evaluating is pure, bounded by the tree, and has three
/// outcomes, since what is not known is neither true nor false.
/// </summary>
internal abstract record Condition
{
    /// <summary>Null = the evidence is not known, or of another kind than what it is compared with.</summary>
    public abstract bool? Holds(EvidenceSet evidence);
}

/// <summary>Something is known under the name; that nothing is, is an answer, too.</summary>
internal sealed record Exists(string Name) : Condition
{
    public override bool? Holds(EvidenceSet evidence) => evidence[Name] is { Text: not "" };
}

/// <summary>The evidence compared with a value; order is that of numbers.</summary>
internal sealed record Compares(string Name, Comparison Operator, EvidenceItem Expected) : Condition
{
    public override bool? Holds(EvidenceSet evidence)
    {
        if (evidence[Name] is not { } actual) { return null; }

        if (Operator is Comparison.Equal or Comparison.Differ)
        {
            return SameKind(actual, Expected) ? actual.SameAs(Expected) == (Operator == Comparison.Equal) : null;
        }

        if (actual.Number is not { } number || Expected.Number is not { } bound || double.IsNaN(number)) { return null; }

        return Operator switch
        {
            Comparison.AtLeast => number >= bound,
            Comparison.AtMost => number <= bound,
            Comparison.Above => number > bound,
            _ => number < bound,
        };
    }

    internal static bool SameKind(EvidenceItem one, EvidenceItem other) =>
        (one.Number is null) == (other.Number is null) && (one.Text is null) == (other.Text is null) && (one.Flag is null) == (other.Flag is null);
}

/// <summary>The evidence is one of a few values.</summary>
internal sealed record IsOneOf(string Name, IReadOnlyList<EvidenceItem> Values) : Condition
{
    public override bool? Holds(EvidenceSet evidence) =>
        evidence[Name] is not { } actual ? null
        : Values.Any(value => value.SameAs(actual)) ? true
        : Values.Any(value => Compares.SameKind(value, actual)) ? false : null;
}
