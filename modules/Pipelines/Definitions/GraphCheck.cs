using Slipway.Kernel;

namespace Slipway.Pipelines.Definitions;

/// <summary>Whether the steps fit together: what is taken exists and has a type that fits, what must be there is, and nothing waits for itself.</summary>
internal static class GraphCheck
{
    public static IEnumerable<Fault> Faults(IReadOnlyList<PipelineStep> steps)
    {
        var byName = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        return steps.SelectMany(step => References(step, byName).Concat(Inputs(step)).Concat(Needs(step, byName))).Concat(Cycle(steps, byName)).ToList();
    }

    private static IEnumerable<Fault> References(PipelineStep step, Dictionary<string, PipelineStep> byName)
    {
        foreach (var (name, reference) in step.Definition.Inputs)
        {
            var at = $"steps.{step.Name}.in.{name}";
            var taken = step.Shape.Inputs.FirstOrDefault(input => input.Name == name);
            if (taken is null && !step.Shape.AnyInputs)
            {
                yield return new Fault(at, $"'{step.Definition.Uses}' takes no input '{name}'; it takes {Listed(step.Shape.Inputs.Select(input => input.Name))}.");
            }

            if (!byName.TryGetValue(reference.Step, out var from))
            {
                yield return new Fault(at, $"'{at}' is '{reference}', but there is no step '{reference.Step}'.");
            }
            else if (!from.Shape.Outputs.TryGetValue(reference.Output, out var type))
            {
                yield return new Fault(at, $"'{at}' is '{reference}', but step '{from.Name}' gives no '{reference.Output}'; it gives {Listed(from.Shape.Outputs.Keys)}.");
            }
            else if (taken is not null && !taken.Types.Contains(type))
            {
                yield return new Fault(at, $"'{at}' is '{reference}', a {type}; a {string.Join(" or ", taken.Types)} belongs there.");
            }
        }
    }

    private static IEnumerable<Fault> Inputs(PipelineStep step) => step.Shape.Inputs
        .Where(input => input.Required && !step.Definition.Inputs.ContainsKey(input.Name))
        .Select(input => new Fault($"steps.{step.Name}.in", $"'steps.{step.Name}.in.{input.Name}' is missing: a {string.Join(" or ", input.Types)}."));

    private static IEnumerable<Fault> Needs(PipelineStep step, Dictionary<string, PipelineStep> byName) => step.Definition.Needs
        .Where(name => !byName.ContainsKey(name))
        .Select(name => new Fault($"steps.{step.Name}.needs", $"There is no step '{DefinitionRules.Cut(name)}' to wait for."));

    /// <summary>One cycle, if there is any: takes away what can run, over and over; from what is left, following needs leads round.</summary>
    private static IEnumerable<Fault> Cycle(IReadOnlyList<PipelineStep> steps, Dictionary<string, PipelineStep> byName)
    {
        var left = steps.ToDictionary(step => step.Name, step => step.Needs.Where(byName.ContainsKey).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        while (left.Where(entry => entry.Value.Count == 0).Select(entry => entry.Key).ToList() is { Count: > 0 } ready)
        {
            foreach (var name in ready) { left.Remove(name); }

            foreach (var needs in left.Values) { needs.ExceptWith(ready); }
        }

        if (left.Count == 0) { yield break; }

        var walked = new List<string> { left.Keys.First() };
        while (true)
        {
            var next = left[walked[^1]].First();
            var start = walked.IndexOf(next);
            walked.Add(next);
            if (start < 0) { continue; }

            yield return new Fault($"steps.{next}", $"These steps wait for each other: {string.Join(" → ", walked.Skip(start).Take(20).Reverse())}.");
            yield break;
        }
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}
