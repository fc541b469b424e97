using System.CommandLine;
using System.Globalization;
using Slipway.Governance.Contracts;

namespace Slipway.Cli;

/// <summary>The inventory: what models are for, who answers for them, how consequential they are.</summary>
internal static class InventoryVerbs
{
    public static Command Create() => new("inventory", "Shows what models are for and who answers for them, and writes that down.") { Detail(), Set() };

    private static Command Detail()
    {
        var model = new Argument<string?>("MODEL") { Description = "Name of a model; without it, the whole inventory", Arity = ArgumentArity.ZeroOrOne };
        return new Command("show", "Shows the entry of a model, or lists them all.") { model }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            if (parsed.GetValue(model) is { } name)
            {
                var entry = await client.Get<InventoryEntryView>($"{workspace}/inventory/{Uri.EscapeDataString(name)}", ct);
                if (!parsed.Json(entry)) { Print(entry); }

                return 0;
            }

            var all = await client.All<InventoryEntryView>($"{workspace}/inventory", ct);
            if (parsed.Json(all)) { return 0; }

            if (all.Count == 0) { Terminal.Line("No model has an entry in the inventory of this workspace."); }
            else
            {
                TextTable.Print(
                    ["MODEL", "TIER", "OWNER", "USE CASE", "CHANGED", "BY"],
                    [.. all.Select(entry => (IReadOnlyList<string?>)[entry.Model, $"{entry.Tier}", entry.Owner?.Name ?? "nobody", entry.UseCase, Show.Time(entry.ChangedMs), entry.ChangedBy])],
                    1);
            }

            return 0;
        });
    }

    private static Command Set()
    {
        var (model, file) = (new Argument<string>("MODEL") { Description = "Name of the model" }, new Argument<string>("FILE") { Description = "The entry (YAML)" });
        return new Command("set", "Makes or changes the entry of a model; its approvals are void from that moment.") { model, file }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var text = await PolicyVerbs.Read(parsed.GetValue(file)!, ct);
            var entry = await client.Put<InventoryTextRequest, InventoryEntryView>($"{workspace}/inventory/{Uri.EscapeDataString(parsed.GetValue(model)!)}/text", new(text), ct);
            if (!parsed.Json(entry)) { Print(entry); }

            return 0;
        });
    }

    private static void Print(InventoryEntryView entry)
    {
        Terminal.Line($"{entry.Model}: {entry.Purpose}");
        Terminal.Line($"  owner {entry.Owner?.Name ?? "nobody"}; use case: {entry.UseCase}; approved for: {(entry.ApprovedUses.Count == 0 ? "nothing" : string.Join(", ", entry.ApprovedUses))}");
        Terminal.Line($"  tier {entry.Tier}: {entry.TierReason}");
        foreach (var (name, factor) in entry.Factors) { Terminal.Line($"    {name} {factor.Score}: {factor.Reason}"); }

        if (entry.Conditions?.Population is { } population)
        {
            Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  population: stability index at most {population.MaximumPsi} of {(population.Features is { } features ? string.Join(", ", features) : "any feature")}"));
        }

        foreach (var share in entry.Conditions?.Decisions ?? []) { Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  decisions: share of '{share.Decision}' from {share.Low} to {share.High}")); }

        foreach (var approval in entry.Voided ?? []) { Terminal.Line($"  approval {approval} is void now"); }
    }
}
