using Slipway.Kernel;

namespace Slipway.Pipelines.Ports;

/// <summary>What one attempt of a step gets.</summary>
/// <param name="Caller">Who started the run, with the rights as they are now; the workspace is the run's.</param>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="PipelineRunId">32 lower-case hex digits.</param>
/// <param name="Step">Its definition; <see cref="StepDefinition.Settings"/> reads <c>with:</c>.</param>
/// <param name="Inputs">The values of <c>in:</c> by input name.</param>
/// <param name="Files">Digest of the blob by file name, for each that <see cref="StepShape.Files"/> named.</param>
/// <param name="Attempt">From 1; counts attempts after a crash as well.</param>
/// <param name="Log">Adds a line to the step's durable log, with the time; long lines and long logs are cut. Thread safe.</param>
public sealed record StepContext(
    Caller Caller, string Pipeline, string PipelineRunId, StepDefinition Step, IReadOnlyDictionary<string, StepValue> Inputs,
    IReadOnlyDictionary<string, string> Files, int Attempt, Action<string> Log)
{
    /// <summary>SHA-256 of the definition's text: the code that the outputs come from; null when the starter does not say.</summary>
    public string? DefinitionDigest { get; init; }
}

/// <summary>Something that flows between steps; immutable, since it is named by its content.</summary>
/// <param name="Type">One of <see cref="StepTypes"/>.</param>
/// <param name="Digest">SHA-256 of a stored blob, 64 lower-case hex digits. Same digest = same input for the next step.</param>
/// <param name="Name">For people: a file name, <c>hmda version 3</c>; null = none. Not part of the key of reuse.</param>
/// <param name="Facts">What else the next step must know (<c>runId</c>, <c>version</c>, …). Part of the key of reuse.</param>
public sealed record StepValue(string Type, string Digest, string? Name = null, IReadOnlyDictionary<string, string>? Facts = null);

/// <param name="Outputs">By output name.</param>
/// <param name="Summary">The result in a few words, by label, in order of their names: <c>rows</c> = <c>2,380</c>.</param>
public sealed record StepOutcome(IReadOnlyDictionary<string, StepValue> Outputs, IReadOnlyDictionary<string, string> Summary);
