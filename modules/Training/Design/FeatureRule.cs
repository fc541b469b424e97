namespace Slipway.Training.Design;

/// <summary>How one column enters the model, as the definition says. At most one of bins, positive and category is set; none = a number as it is.</summary>
/// <param name="Column">Name of the column.</param>
internal sealed record FeatureRule(string Column)
{
    /// <summary>Edges, ascending: see <see cref="Bins"/>.</summary>
    public IReadOnlyList<double>? Bins { get; init; }

    /// <summary>The value that counts as 1, all others as 0.</summary>
    public string? Positive { get; init; }

    /// <summary>One coefficient per level but the reference; columns of text are categories by themselves.</summary>
    public bool Category { get; init; }

    /// <summary>The level without a coefficient; null = the first in order of code points (of numbers: the least).</summary>
    public string? Reference { get; init; }

    /// <summary>The natural logarithm of the number.</summary>
    public bool Log { get; init; }

    /// <summary>Where it stands in the definition, for faults: <c>features[2]</c>.</summary>
    public string Path { get; init; } = "features";
}

/// <summary>What is predicted.</summary>
/// <param name="Positive">Logistic: the value whose probability is predicted.</param>
/// <param name="Log">Linear: the natural logarithm is predicted.</param>
internal sealed record LabelRule(string Column, string? Positive = null, bool Log = false);
