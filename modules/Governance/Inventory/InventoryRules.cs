using Slipway.Governance.Contracts;
using Slipway.Kernel;

namespace Slipway.Governance.Inventory;

/// <summary>What may stand in an entry. Pure.</summary>
internal static class InventoryRules
{
    public const int MaxUses = 50;
    public const int MaxFactors = 12;
    public const int MaxDecisions = 20;
    private const int MaxFeatures = 500;

    /// <summary>Without these two nothing says how consequential the model is.</summary>
    public static readonly IReadOnlyList<string> RequiredFactors = ["exposure", "purpose"];

    /// <summary>Every fault; empty when the entry may be stored.</summary>
    public static List<Fault> Faults(InventoryRequest entry)
    {
        var faults = new List<Fault?>
        {
            TextRules.Fault("purpose", entry.Purpose, 2_000),
            TextRules.Fault("useCase", entry.UseCase, 500),
            entry.ApprovedUses.Count > MaxUses ? new Fault("approvedUses", $"There are {entry.ApprovedUses.Count} approved uses; at most {MaxUses} are taken.") : null,
        };
        faults.AddRange(entry.ApprovedUses.Take(MaxUses).Select((use, i) => TextRules.Fault($"approvedUses[{i}]", use, 500)));
        faults.AddRange(Factors(entry.Factors));
        if (entry.Conditions is { } conditions) { faults.AddRange([.. Population(conditions.Population), .. Decisions(conditions.Decisions ?? [])]); }

        return [.. faults.OfType<Fault>()];
    }

    private static IEnumerable<Fault?> Factors(IReadOnlyDictionary<string, TierFactor> factors)
    {
        foreach (var name in RequiredFactors.Where(name => !factors.ContainsKey(name)))
        {
            yield return new Fault($"factors.{name}", $"'factors.{name}' is missing; the tier follows from exposure × purpose and whatever else is given.");
        }

        if (factors.Count > MaxFactors) { yield return new Fault("factors", $"There are {factors.Count} factors; at most {MaxFactors} are taken."); }

        foreach (var (name, factor) in factors.Take(MaxFactors))
        {
            yield return TextRules.Fault("factors", name, 100);
            yield return factor.Score is < 1 or > 5 ? new Fault($"factors.{name}.score", $"The score of '{name}' is {factor.Score}; it is 1 (little) to 5 (much).") : null;
            yield return TextRules.Fault($"factors.{name}.reason", factor.Reason, 500);
        }
    }

    private static IEnumerable<Fault?> Population(PopulationLimit? population)
    {
        if (population is null) { yield break; }

        if (!(population.MaximumPsi > 0 && population.MaximumPsi <= 10))
        {
            yield return new Fault("conditions.population.maximumPsi", $"'maximumPsi' is {population.MaximumPsi}; a population stability index lies above 0, and a limit beyond 10 limits nothing.");
        }

        if (population.Features is { } features)
        {
            if (features.Count is 0 or > MaxFeatures) { yield return new Fault("conditions.population.features", $"There are {features.Count} features; name 1 to {MaxFeatures}, or leave it out for all."); }

            foreach (var feature in features.Take(MaxFeatures)) { yield return TextRules.Fault("conditions.population.features", feature, 250); }
        }
    }

    private static IEnumerable<Fault?> Decisions(IReadOnlyList<DecisionShare> decisions)
    {
        if (decisions.Count > MaxDecisions) { yield return new Fault("conditions.decisions", $"There are {decisions.Count} decisions; at most {MaxDecisions} are taken."); }

        for (var i = 0; i < Math.Min(decisions.Count, MaxDecisions); i++)
        {
            var (path, share) = ($"conditions.decisions[{i}]", decisions[i]);
            yield return TextRules.Fault($"{path}.decision", share.Decision, 250);
            if (!(share.Low >= 0 && share.High <= 1 && share.Low < share.High)) { yield return new Fault(path, $"The band of '{share.Decision}' is {share.Low} to {share.High}; shares lie between 0 and 1, the low one below the high one."); }

            if (decisions.Take(i).Any(earlier => earlier.Decision == share.Decision)) { yield return new Fault(path, $"'{share.Decision}' has a band already; it has one."); }
        }
    }
}
