namespace Slipway.Answers.Fold;

/// <summary>What one fact says about a model.</summary>
/// <param name="Model">Its name at that moment; null = it concerns the whole workspace.</param>
/// <param name="What">In words, for people.</param>
internal sealed record Folded(string? Model, string What, IReadOnlyList<Change> Changes)
{
    /// <summary>What it was called before; null = the name stays.</summary>
    public string? Previous { get; init; }

    /// <summary>The model is gone: everything said of it ends, and its name is free.</summary>
    public bool Gone { get; init; }
}

/// <summary>From this fact on a field of a subject has another value, or none.</summary>
/// <param name="Field">Null = every field of the subject.</param>
/// <param name="Holds">True = the fact itself is the value; false = nothing is said any more.</param>
/// <param name="Digest">Of the evidence behind the value.</param>
internal sealed record Change(string Subject, string? Field, bool Holds, string? Digest = null)
{
    /// <summary>Every subject whose name begins with <see cref="Subject"/>, instead of the one of this name; only to say no more of them.</summary>
    public bool Below { get; init; }
}
