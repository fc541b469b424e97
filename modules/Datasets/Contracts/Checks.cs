namespace Slipway.Datasets.Contracts;

public enum VerdictState
{
    Passed,

    /// <summary>Broken, and the contract's severity lets it pass.</summary>
    Warning,
    Failed,

    /// <summary>A rule that only a person or another engine can check, such as free text: it is not known to hold.</summary>
    NotChecked,
}

/// <summary>What a check of a file against a contract found.</summary>
/// <param name="Passed">No rule of severity error is broken.</param>
/// <param name="Verdicts">One per rule, in the contract's order; broken ones carry examples.</param>
public sealed record CheckReport(bool Passed, long Rows, int Columns, string ContractDigest, IReadOnlyList<VerdictView> Verdicts);

/// <summary>One rule and how the file does by it.</summary>
/// <param name="Rule">Name of the rule: <c>type</c>, <c>required</c>, <c>unique</c>, <c>minimum</c>, <c>allowedValues</c>, …</param>
/// <param name="Expectation">What would be right, in words, with the unit.</param>
/// <param name="Count">Rows that break it (for a rule on the whole table: the measured value).</param>
/// <param name="Column">Absent for a rule on the whole table.</param>
/// <param name="Examples">The first rows that break it, at most ten.</param>
/// <param name="Hint">What is probably the cause, such as percent in place of ratio.</param>
public sealed record VerdictView(
    string Rule, string Expectation, VerdictState State, long Count, string? Column = null, IReadOnlyList<ExampleView>? Examples = null, string? Hint = null);

/// <summary>One row that breaks a rule.</summary>
/// <param name="Row">Number of the data row, from 1; a header line is not counted.</param>
/// <param name="Value">As the file has it, at most 200 characters; absent when it is missing.</param>
public sealed record ExampleView(long Row, string? Value = null);
