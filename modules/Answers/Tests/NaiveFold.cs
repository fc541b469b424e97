using System.Text.Json;
using Slipway.Answers.AsOf;
using Slipway.Answers.Fold;
using Slipway.Answers.State;
using Slipway.Kernel;

namespace Slipway.Answers.Tests;

/// <summary>The same folding without a database: facts from the first up to a moment, kept in memory. What the intervals must say as well.</summary>
internal static class NaiveFold
{
    /// <param name="facts">Of one workspace, in order, up to the moment.</param>
    /// <param name="effective">When a fact counts as having happened.</param>
    /// <returns>Null when there is no registered model of this name.</returns>
    public static ModelState? State(IEnumerable<StoredFact> facts, string model, Moment moment, Func<StoredFact, long> effective)
    {
        var models = new Dictionary<string, Dictionary<(string, string), Interval>> { [""] = [] };
        foreach (var fact in facts)
        {
            var atMs = effective(fact);
            if (Folding.Of(fact) is not { } folded) { continue; }

            if (folded.Previous is { } previous && models.Remove(previous, out var renamed)) { models[folded.Model!] = renamed; }
            else if (folded.Previous is not null) { models[folded.Model!] = []; }

            if (!models.TryGetValue(folded.Model ?? "", out var held)) { held = models[folded.Model!] = []; }

            foreach (var change in folded.Changes)
            {
                foreach (var key in held.Keys.Where(key => (change.Below ? key.Item1.StartsWith(change.Subject, StringComparison.Ordinal) : key.Item1 == change.Subject) && (change.Field is null || key.Item2 == change.Field)).ToList()) { held.Remove(key); }

                if (change.Holds) { held[(change.Subject, change.Field!)] = new Interval(change.Subject, change.Field!, fact.Body, change.Digest, fact.Position, atMs); }
            }

            if (folded.Gone) { models.Remove(folded.Model!); }
        }

        if (!models.TryGetValue(model, out var mine)) { return null; }

        var state = new ModelState(Past.Workspace, model, moment, mine.Values.Concat(models[""].Values));
        return state.IsRegistered ? state : null;
    }

    /// <summary>A state from facts (records that are an <see cref="IFact"/>) that were told one second after the other, seen a minute after the last.</summary>
    public static ModelState Of(IEnumerable<object> facts, long startMs = 1_000_000)
    {
        var stored = facts.Select((fact, index) => new StoredFact(
            index + 1, $"f{index}", (string)fact.GetType().GetProperty("Kind")!.GetValue(null)!, Past.Workspace, "", "0192aa", startMs + (index * 1_000),
            JsonSerializer.Serialize(fact, fact.GetType(), Folding.Json))).ToList();
        return State(stored, "m", new Moment(stored.Count, stored[^1].AtMs + 60_000), fact => fact.AtMs)!;
    }
}
