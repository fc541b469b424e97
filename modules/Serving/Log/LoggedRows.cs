using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>Rows of one request that one deployment has scored. Everything is copied when it is appended, so the arrays may be used again.</summary>
internal readonly ref struct LoggedRows
{
    /// <summary>32 hex digits from <c>Ids.New</c>.</summary>
    public required string RequestId { get; init; }

    public required long AtMs { get; init; }

    public required DeploymentRole Role { get; init; }

    /// <summary>Rows, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Shape [Count]: which row of the request each is; empty = 0, 1, 2, …</summary>
    public ReadOnlySpan<int> RowNumbers { get; init; }

    /// <summary>Shape [Count]; empty = none named.</summary>
    public ReadOnlySpan<string?> Units { get; init; }

    /// <summary>Shape [Count, numeric fields], row after row; NaN = missing.</summary>
    public ReadOnlySpan<double> Numbers { get; init; }

    /// <summary>Shape [Count, text fields], row after row; null = missing.</summary>
    public ReadOnlySpan<string?> Texts { get; init; }

    /// <summary>Shape [Count], NaN = none; empty = none at all.</summary>
    public ReadOnlySpan<double> Scores { get; init; }

    /// <summary>Shape [Count]; empty = none.</summary>
    public ReadOnlySpan<string?> Decisions { get; init; }

    /// <exception cref="ArgumentException">A shape is not the one that the fields ask for.</exception>
    public void Check(int numbers, int texts)
    {
        if (Count < 1) { throw new ArgumentException($"at least one row must be logged, not {Count}"); }

        Same(RowNumbers.Length, "RowNumbers");
        Same(Units.Length, "Units");
        Same(Scores.Length, "Scores");
        Same(Decisions.Length, "Decisions");
        Exactly(Numbers.Length, (long)Count * numbers, "Numbers");
        Exactly(Texts.Length, (long)Count * texts, "Texts");
    }

    private void Same(int length, string name)
    {
        if (length != 0) { Exactly(length, Count, name); }
    }

    private static void Exactly(int length, long wanted, string name)
    {
        if (length != wanted) { throw new ArgumentException($"{name} has {length} values and must have {wanted}"); }
    }
}
