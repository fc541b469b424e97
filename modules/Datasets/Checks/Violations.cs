using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Checks;

/// <summary>Broken rules as a problem: a sentence each, and the whole report as evidence.</summary>
internal static class Violations
{
    private const int MaxSaid = 20;

    public static Problem Problem(CheckReport report, DataContractView contract)
    {
        var broken = report.Verdicts.Where(verdict => verdict.State == VerdictState.Failed).ToList();
        var said = broken.Take(MaxSaid).Select(verdict => new Fault(verdict.Column ?? "table", Sentence(verdict))).ToList();
        var more = broken.Count > MaxSaid ? $" And {broken.Count - MaxSaid} more." : "";
        return new Problem(
            422, "contract_violated",
            $"The file breaks {Count(broken.Count, "rule")} of contract {contract.Id} {contract.Version}; nothing was changed. {string.Join(" ", said.Select(fault => fault.Detail))}{more}")
        {
            Field = said[0].Field, Faults = said, Evidence = report,
        };
    }

    private static string Sentence(VerdictView verdict)
    {
        var where = verdict.Column is { } column ? $"'{column}', {verdict.Rule}" : verdict.Rule;
        var first = verdict.Examples is [var example, ..] ? $", first row {Text(example.Row)} with {(example.Value is null ? "none" : $"'{example.Value}'")}" : "";
        var count = verdict.Rule is "present" ? "it is missing" : verdict.Rule is "rowCount" ? $"it has {Count(verdict.Count, "row")}" : $"{Count(verdict.Count, "row")} break it{first}";
        return $"{where}: {verdict.Expectation.TrimEnd('.')}; {count}.{(verdict.Hint is { } hint ? " " + hint : "")}";
    }

    private static string Count(long count, string noun) => $"{Text(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Text(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
