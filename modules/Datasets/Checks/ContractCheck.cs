using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Odcs;
using Slipway.Datasets.Tables;

namespace Slipway.Datasets.Checks;

/// <summary>Compares a table with a contract: counts what breaks each rule, then looks up the first rows that do.</summary>
internal static class ContractCheck
{
    private const int RulesPerQuery = 200;
    private const int Examples = 10;
    private const int ExampleChars = 200;

    // Rules whose examples are looked up; further broken ones are counted only.
    private const int MaxExplained = 100;

    public static async Task<CheckReport> Run(Workbench bench, TypedTable table, DataContract contract, string contractDigest, CancellationToken ct)
    {
        var rules = new RuleCompiler(contract, table).Rules();
        var counts = await Count(bench, rules, ct);
        var verdicts = new List<VerdictView>();
        var explained = 0;
        for (var i = 0; i < rules.Count; i++)
        {
            var (rule, count) = (rules[i], counts[i]);
            if (count is not { } broken) { verdicts.Add(new VerdictView(rule.Name, rule.Expectation, VerdictState.NotChecked, 0, rule.Column)); }
            else if (rule.Threshold.Holds(broken, table.Rows)) { verdicts.Add(new VerdictView(rule.Name, rule.Expectation, VerdictState.Passed, broken, rule.Column)); }
            else { verdicts.Add(await Explain(bench, rule, broken, ++explained > MaxExplained, ct)); }
        }

        return new CheckReport(!verdicts.Exists(verdict => verdict.State == VerdictState.Failed), table.Rows, table.Columns.Count, contractDigest, verdicts);
    }

    private static async Task<long?[]> Count(Workbench bench, IReadOnlyList<Rule> rules, CancellationToken ct)
    {
        var counts = rules.Select(rule => rule.KnownCount).ToArray();
        var together = Enumerable.Range(0, rules.Count).Where(i => rules[i] is { Broken: not null, KnownCount: null, Alone: false });
        var alone = Enumerable.Range(0, rules.Count).Where(i => rules[i] is { Broken: not null, KnownCount: null, Alone: true });
        foreach (var group in together.Chunk(RulesPerQuery))
        {
            var row = await bench.Row($"SELECT {string.Join(", ", group.Select(i => $"count_if({rules[i].Broken})"))} FROM v", ct);
            for (var i = 0; i < group.Length; i++) { counts[group[i]] = DuckSql.Whole(row[i]); }
        }

        foreach (var i in alone) { counts[i] = DuckSql.Whole((await bench.Row($"SELECT count(*) FROM v WHERE {rules[i].Broken}", ct))[0]); }

        return counts;
    }

    private static async Task<VerdictView> Explain(Workbench bench, Rule rule, long count, bool briefly, CancellationToken ct)
    {
        var examples = new List<ExampleView>();
        if (!briefly && rule is { Broken: not null, Shown: not null })
        {
            await bench.ForEach(
                $"SELECT rn, left({rule.Shown}, {ExampleChars + 1}) FROM v WHERE {rule.Broken} ORDER BY rn LIMIT {Examples}",
                row => examples.Add(new ExampleView(DuckSql.Whole(row(0)), row(1) is string text ? text.Length > ExampleChars ? text[..ExampleChars] + "…" : text : null)), ct);
        }

        var hint = rule.Hint ?? (rule.Range is var (column, value) && !briefly ? await UnitMistake.Find(bench, rule.Broken!, column, value, ct) : null);
        return new VerdictView(
            rule.Name, rule.Expectation, rule.Severity == Severity.Error ? VerdictState.Failed : VerdictState.Warning, count, rule.Column, examples.Count == 0 ? null : examples, hint);
    }
}
