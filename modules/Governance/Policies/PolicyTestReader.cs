using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;
using Slipway.Kernel;
using Slipway.Kernel.Yaml;

namespace Slipway.Governance.Policies;

/// <summary>Reads the tests beside the rows: given evidence, expected verdicts.</summary>
internal static class PolicyTestReader
{
    private static readonly string[] Verdicts = [.. Enum.GetNames<RowVerdict>().Select(name => name.ToLowerInvariant())];

    public static List<PolicyTest> Read(YamlSettings top, IReadOnlyList<PolicyRow> rows) =>
        [.. (top.Sections("tests", maxItems: Limits.PolicyRows) ?? []).Select(section => Test(section, rows)).OfType<PolicyTest>()];

    private static PolicyTest? Test(YamlSettings section, IReadOnlyList<PolicyRow> rows)
    {
        var name = section.Text("name", required: true, maxChars: 200);
        var given = Given(section);
        var waived = section.Texts("waived", maxItems: Limits.PolicyRows) ?? [];
        foreach (var unknown in waived.Where(row => !rows.Any(one => one.Name == row))) { section.Fault("waived", $"'{unknown}' is no row of this policy."); }

        if (section.Section("expect", required: true) is not { } expect) { return null; }

        var (allowed, signOffs) = (expect.Flag("allowed"), (int?)expect.Integer("signOffs", 1, 5));
        var verdicts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (expect.Section("rows") is { } expected)
        {
            foreach (var row in expected.Keys())
            {
                if (!rows.Any(one => one.Name == row)) { expected.Fault(row, $"'{row}' is no row of this policy."); }

                if (expected.Word(row, Verdicts, required: true) is { } verdict) { verdicts[row] = verdict; }
            }
        }

        if (allowed is null && signOffs is null && verdicts.Count == 0) { section.Fault("expect", "'expect' says nothing; it names 'allowed', 'signOffs' or 'rows'."); }

        return name is null ? null : new PolicyTest(name, given, waived, allowed, verdicts, signOffs);
    }

    private static EvidenceSet Given(YamlSettings section)
    {
        var items = new Dictionary<string, EvidenceItem>(StringComparer.Ordinal);
        if (section.Section("given") is { } given)
        {
            foreach (var name in given.Keys())
            {
                if (given.Raw(name) is { } value && Operators.Item(value) is { } item) { items[name] = item with { AtMs = PolicyTest.NowMs }; }
                else { given.Fault(name, "A number, a text or a truth value belongs there."); }
            }
        }

        if (section.Section("ages") is { } ages)
        {
            foreach (var name in ages.Keys())
            {
                if (!items.TryGetValue(name, out var item)) { ages.Fault(name, $"'{name}' has an age, and is not given."); }
                else if (ages.Text(name, required: true) is { } age)
                {
                    if (Durations.Parse(age) is { } ms) { items[name] = item with { AtMs = PolicyTest.NowMs - ms }; }
                    else { ages.Fault(name, $"'{age}' is no span of time; write it like 90d, 12h or 30m."); }
                }
            }
        }

        return new EvidenceSet(items);
    }
}
