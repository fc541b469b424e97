using Slipway.Datasets.Odcs;

namespace Slipway.Datasets.Checks;

/// <summary>One rule of a contract, bound to the columns of a file.</summary>
/// <param name="Name">As verdicts name it.</param>
/// <param name="Expectation">What would be right, in words.</param>
/// <param name="Broken">SQL over the view <c>v</c>, true for rows that break it (for <c>rowCount</c>: TRUE); null when it cannot be checked or its outcome is known.</param>
internal sealed record Rule(string? Column, string Name, string Expectation, Threshold Threshold, Severity Severity, string? Broken)
{
    /// <summary>Expression of the value that examples show; null = none.</summary>
    public string? Shown { get; init; }

    /// <summary>The predicate looks at other rows too, so it cannot be counted together with others.</summary>
    public bool Alone { get; init; }

    /// <summary>The outcome, when it is known without a query: the count of rows.</summary>
    public long? KnownCount { get; init; }

    public string? Hint { get; init; }

    /// <summary>The column's contract and the expression of its value, where a wrong unit can be the cause of what is found.</summary>
    public (ContractColumn Column, string Value)? Range { get; init; }
}
