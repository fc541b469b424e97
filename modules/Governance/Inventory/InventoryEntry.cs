using System.Globalization;
using System.Text.Json.Serialization;
using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Inventory;

/// <summary>What is stored of a model's entry; its digest is over all of it.</summary>
/// <param name="OwnerId">Null = nobody is named.</param>
internal sealed record InventoryEntry(
    string Purpose, string UseCase, IReadOnlyList<string> ApprovedUses, SortedDictionary<string, TierFactor> Factors, string? OwnerId = null, string? OwnerName = null, ModelConditions? Conditions = null)
{
    [JsonIgnore]
    public Tier Tier => Inventory.Tier.Of(Factors);

    [JsonIgnore]
    public string Digest => AuditDigest.Of(new { Purpose, UseCase, ApprovedUses, Factors, OwnerId, OwnerName, Conditions })!;

    [JsonIgnore]
    public ApprovedConditions? Approved => Conditions is not { } given ? null : new ApprovedConditions(
        given.Population is { } population ? new PopulationCondition(population.MaximumPsi, population.Features) : null,
        [.. (given.Decisions ?? []).Select(share => new DecisionBand(share.Decision, share.Low, share.High))]);

    /// <summary>Every field that a sign-off is bound to, by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        yield return new("inventory.purpose", Purpose);
        yield return new("inventory.useCase", UseCase);
        for (var i = 0; i < ApprovedUses.Count; i++) { yield return new(string.Create(CultureInfo.InvariantCulture, $"inventory.approvedUses[{i}]"), ApprovedUses[i]); }

        foreach (var (name, factor) in Factors) { yield return new($"inventory.factors.{name}", string.Create(CultureInfo.InvariantCulture, $"{factor.Score}: {factor.Reason}")); }

        yield return new("inventory.tier", Tier.Number.ToString(CultureInfo.InvariantCulture));
        if (OwnerId is not null) { yield return new("inventory.owner", OwnerId); }

        if (Conditions?.Population is { } population)
        {
            yield return new("inventory.conditions.population.maximumPsi", Text(population.MaximumPsi));
            if (population.Features is { } features) { yield return new("inventory.conditions.population.features", string.Join(", ", features)); }
        }

        foreach (var share in Conditions?.Decisions ?? []) { yield return new($"inventory.conditions.decisions.{share.Decision}", $"{Text(share.Low)} to {Text(share.High)}"); }
    }

    /// <summary>As evidence for the policy's rows.</summary>
    public EvidenceSet AsEvidence(long changedMs)
    {
        var items = new Dictionary<string, EvidenceItem>(StringComparer.Ordinal)
        {
            ["inventory.purpose"] = new(Text: Purpose, AtMs: changedMs),
            ["inventory.useCase"] = new(Text: UseCase, AtMs: changedMs),
            ["inventory.approvedUses"] = new(ApprovedUses.Count, AtMs: changedMs),
            ["inventory.tier"] = new(Tier.Number, AtMs: changedMs),
            ["inventory.score"] = new(Tier.Score, AtMs: changedMs),
            ["inventory.conditions.decisions"] = new(Conditions?.Decisions?.Count ?? 0, AtMs: changedMs),
        };
        if (OwnerName is not null) { items["inventory.owner"] = new(Text: OwnerName, AtMs: changedMs); }

        if (Conditions?.Population is { } population) { items["inventory.conditions.maximumPsi"] = new(population.MaximumPsi, AtMs: changedMs); }

        return new EvidenceSet(items);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
