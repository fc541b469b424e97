using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slipway.Governance.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Yaml;

namespace Slipway.Governance.Policies;

/// <summary>Reads the YAML of a policy and tells every fault at once, each with path and line. Pure.</summary>
internal static class PolicyReader
{
    private static readonly string[] Effects = ["require", "forbid"];
    private static readonly string[] Tiers = ["tier1", "tier2", "tier3", "tier4"];

    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The problem of a text that is not read at all; null when it is short enough.</summary>
    public static Problem? TooLong(string text) => Encoding.UTF8.GetByteCount(text) is var bytes && bytes > Limits.PolicyBytes
        ? Problem.Invalid("text", $"The policy has {bytes} bytes; at most {Limits.PolicyBytes} are taken.")
        : null;

    /// <summary>The policy; null when there are faults.</summary>
    public static PolicyDefinition? Read(string text, List<PolicyFaultView> faults)
    {
        var unread = new List<YamlFault>();
        var root = YamlReader.Read(text, "policy", unread);
        faults.AddRange(unread.Select(fault => new PolicyFaultView(fault.Path, fault.Detail, fault.Line)));
        if (root is null) { return null; }

        var top = new YamlSettings(root.ToJson(), "");
        var name = top.Text("policy", required: true, maxChars: 100);
        var description = top.Text("description", maxChars: 2_000);
        var governs = Governs(top);
        var signOffs = SignOffs(top);
        var serviceAccounts = top.Flag("serviceAccounts") ?? false;
        var rows = Rows(top);
        var tests = PolicyTestReader.Read(top, rows);
        var found = top.End();
        faults.AddRange(found.Select(fault => new PolicyFaultView(fault.Field, fault.Detail, root.Nearest(fault.Field).Line)));
        return faults.Count > 0 ? null : new PolicyDefinition(name!, description, governs, signOffs, serviceAccounts, rows, tests);
    }

    private static IReadOnlyList<string> Governs(YamlSettings top)
    {
        var governs = top.Texts("governs", required: true, maxItems: 50) ?? [];
        foreach (var (action, i) in governs.Select((action, i) => (action, i)))
        {
            if (!GovernedActions.All.Contains(action)) { top.Fault($"governs[{i}]", $"'{action}' is no action that a policy can govern; there are {string.Join(", ", GovernedActions.All)}."); }
        }

        return governs;
    }

    // A number for all tiers, or a mapping with a default.
    private static int[] SignOffs(YamlSettings top)
    {
        if (!top.IsMapping("signOffs")) { return [.. Enumerable.Repeat((int)(top.Integer("signOffs", 1, 5) ?? 1), 4)]; }

        var section = top.Section("signOffs")!;
        var other = section.Integer("default", 1, 5) ?? 1;
        return [.. Tiers.Select(tier => (int)(section.Integer(tier, 1, 5) ?? other))];
    }

    private static List<PolicyRow> Rows(YamlSettings top)
    {
        var rows = new List<PolicyRow>();
        var sections = top.Sections("rows", required: true, maxItems: Limits.PolicyRows) ?? [];
        if (sections.Count == 0 && top.Has("rows")) { top.Fault("rows", "There is no row; a policy that asks for nothing denies everything."); }

        foreach (var (section, i) in sections.Select((section, i) => (section, i)))
        {
            if (Row(section) is not { } row) { continue; }

            if (rows.Exists(earlier => earlier.Name == row.Name)) { section.Fault("name", $"'{row.Name}' is the name of an earlier row, too; names tell rows apart."); }

            rows.Add(row);
        }

        return rows;
    }

    private static PolicyRow? Row(YamlSettings section)
    {
        var name = section.Text("name", required: true, maxChars: 100);
        var effect = section.Word("effect", Effects) ?? "require";
        var evidence = section.Text("evidence", required: true, maxChars: 600);
        var operation = Operators.Read(section);
        var (condition, expected) = operation is null || evidence is null ? default : Operators.Condition(section, evidence, operation);
        var waivable = section.Flag("waivable") ?? false;
        if (waivable && effect == "forbid") { section.Fault("waivable", "A row that forbids wins over everything and cannot be waived; leave 'waivable' out."); }

        var age = section.Text("maximumAge");
        if (age is not null && Durations.Parse(age) is null) { section.Fault("maximumAge", $"'{age}' is no span of time; write it like 90d, 12h or 30m."); }

        var tiers = section.Numbers("tiers", maxItems: 4)?.Select(tier => tier is 1 or 2 or 3 or 4 ? (int)tier : 0).ToList();
        if (tiers is { Count: 0 } || tiers?.Contains(0) == true) { section.Fault("tiers", "'tiers' names tiers from 1 to 4, such as [1, 2]; leave it out for all."); }

        var why = section.Text("why", maxChars: 500);
        return name is null || condition is null ? null : new PolicyRow(
            name, effect == "forbid", condition, evidence!, operation!, expected!, waivable, age is null ? null : Durations.Parse(age), tiers, why);
    }
}
