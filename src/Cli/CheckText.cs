using Slipway.Datasets.Contracts;

namespace Slipway.Cli;

/// <summary>What a check of a file against a contract found, the broken rules first and in full.</summary>
internal static class CheckText
{
    private const int ShownExamples = 5;

    public static void Print(CheckReport report)
    {
        foreach (var line in Lines(report)) { Terminal.Line(line); }
    }

    public static IEnumerable<string> Lines(CheckReport report)
    {
        var held = report.Verdicts.Count(verdict => verdict.State == VerdictState.Passed);
        yield return $"{(report.Passed ? "The file keeps the contract" : "The file breaks the contract")}: {Show.Plural(report.Rows, "row")}, {Show.Plural(report.Columns, "column")}; {held} of {Show.Plural(report.Verdicts.Count, "rule")} hold.";
        foreach (var verdict in report.Verdicts.Where(verdict => verdict.State != VerdictState.Passed).OrderByDescending(verdict => verdict.State == VerdictState.Failed))
        {
            foreach (var line in Broken(verdict)) { yield return line; }
        }
    }

    private static IEnumerable<string> Broken(VerdictView verdict)
    {
        var state = verdict.State switch { VerdictState.Failed => "broken", VerdictState.Warning => "warning", _ => "not checked" };
        var count = verdict.Column is null || verdict.State == VerdictState.NotChecked ? "" : $" ({Show.Plural(verdict.Count, "row")})";
        yield return $"  {state}: {(verdict.Column is null ? "" : $"{verdict.Column}: ")}{verdict.Rule}: {verdict.Expectation}{count}";
        if (verdict.Examples is { Count: > 0 } examples)
        {
            yield return $"    such as {string.Join(", ", examples.Take(ShownExamples).Select(example => $"row {Show.Count(example.Row)}: {example.Value ?? "missing"}"))}";
        }

        if (verdict.Hint is { } hint) { yield return $"    {hint}"; }
    }
}
