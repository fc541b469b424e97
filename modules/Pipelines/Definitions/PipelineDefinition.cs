using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Definitions;

/// <summary>A definition without faults.</summary>
/// <param name="Digest">SHA-256 of its text.</param>
/// <param name="Steps">In the order of the text.</param>
internal sealed record PipelineDefinition(string Name, string? Description, string Digest, string Text, IReadOnlyList<PipelineStep> Steps)
{
    public IReadOnlyList<string> Files => [.. Steps.SelectMany(step => step.Shape.Files).Distinct(StringComparer.Ordinal)];

    public PipelineGraphView ToGraph() => new(
        Name, Digest,
        [
            .. Steps.Select(step => new PipelineNodeView(
                step.Name, step.Definition.Uses, step.Needs, step.Definition.Inputs.ToDictionary(input => input.Key, input => input.Value.ToString()), step.Shape.Outputs)),
        ], Files, Description);
}

/// <param name="Needs">Steps that must have succeeded before: of its inputs, and those that <c>needs:</c> lists.</param>
internal sealed record PipelineStep(StepDefinition Definition, IStepKind Kind, StepShape Shape, IReadOnlyList<string> Needs)
{
    public string Name => Definition.Name;
}
