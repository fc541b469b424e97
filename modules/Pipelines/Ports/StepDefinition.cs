using System.Text.Json;
using Slipway.Kernel.Yaml;

namespace Slipway.Pipelines.Ports;

/// <summary>One step as the definition says it.</summary>
/// <param name="Name">Key below <c>steps:</c>, unique in the definition.</param>
/// <param name="Uses">The name of its kind.</param>
/// <param name="Inputs"><c>in:</c>: the output that each input takes.</param>
/// <param name="With"><c>with:</c> as a JSON object; empty object when there is none.</param>
public sealed record StepDefinition(string Name, string Uses, IReadOnlyDictionary<string, StepReference> Inputs, JsonElement With)
{
    /// <summary>Further attempts after a failed one: 0 to 10, default 0.</summary>
    public int Retries { get; init; }

    /// <summary>Seconds that one attempt may take, 1 to 604,800; null = the kind's own bound or none.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary><c>needs:</c>: steps that must have succeeded before, besides those of its inputs.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>A fresh reader of <see cref="With"/>; it collects faults, so it is for one use.</summary>
    public YamlSettings Settings() => new(With, "with");
}

/// <summary><c>split.train</c>: an output of an earlier step.</summary>
public sealed record StepReference(string Step, string Output)
{
    public override string ToString() => $"{Step}.{Output}";
}
