using Slipway.Governance.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Yaml;

namespace Slipway.Governance.Inventory;

/// <summary>Reads an entry written as YAML; every fault carries its line. Pure.</summary>
internal static class InventoryText
{
    public static Result<InventoryRequest> Read(string text)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) is var bytes && bytes > Limits.PolicyBytes) { return Problem.Invalid("text", $"The entry has {bytes} bytes; at most {Limits.PolicyBytes} are taken."); }

        var unread = new List<YamlFault>();
        if (YamlReader.Read(text, "entry", unread) is not { } root || unread.Count > 0) { return Problem.Invalid([.. unread.Select(fault => new Fault(fault.Path, $"Line {fault.Line ?? 1}: {fault.Detail}"))]); }

        var top = new YamlSettings(root.ToJson(), "");
        var entry = new InventoryRequest(
            top.Text("purpose", required: true, maxChars: 2_000) ?? "", top.Text("useCase", required: true) ?? "", top.Texts("approvedUses") ?? [], Factors(top), top.Text("owner"), Conditions(top.Section("conditions")));
        var faults = top.End().ToList();
        if (faults.Count == 0) { faults = InventoryRules.Faults(entry); }

        return faults.Count == 0 ? entry : Problem.Invalid([.. faults.Select(fault => fault with { Detail = $"Line {root.Nearest(fault.Field).Line}: {fault.Detail}" })]);
    }

    private static Dictionary<string, TierFactor> Factors(YamlSettings top)
    {
        var factors = new Dictionary<string, TierFactor>(StringComparer.Ordinal);
        if (top.Section("factors", required: true) is not { } section) { return factors; }

        foreach (var name in section.Keys())
        {
            var factor = section.Section(name, required: true);
            factors[name] = new TierFactor((int)(factor?.Integer("score", 1, 5, required: true) ?? 1), factor?.Text("reason", required: true) ?? "");
        }

        return factors;
    }

    private static ModelConditions? Conditions(YamlSettings? section)
    {
        if (section is null) { return null; }

        var population = section.Section("population");
        return new ModelConditions(
            population is null ? null : new PopulationLimit(population.Number("maximumPsi", required: true) ?? 0, population.Texts("features")),
            section.Sections("decisions")?.Select(share => new DecisionShare(share.Text("decision", required: true) ?? "", share.Number("low", required: true) ?? 0, share.Number("high", required: true) ?? 0)).ToList());
    }
}
