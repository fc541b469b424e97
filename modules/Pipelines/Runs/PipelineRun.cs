using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Runs;

/// <summary>A run as stored, without its steps.</summary>
/// <param name="Cap">Cap of the key that started it; null = none.</param>
/// <param name="CancelMs">When somebody asked to cancel it.</param>
internal sealed record PipelineRun(
    string RunId, string Workspace, string Pipeline, string DefinitionDigest, PipelineRunState State, string ById, string ByName, Level? Cap,
    IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Force, long StartedMs, long? EndedMs, long? CancelMs)
{
    public bool Forces(string step) => Force.Contains("*") || Force.Contains(step);

    public PipelineRunView ToView(IEnumerable<StepRow> steps) =>
        new(RunId, Pipeline, DefinitionDigest, State, StartedMs, ById, ByName, Files, [.. steps.Select(step => step.ToView())], EndedMs);
}

/// <summary>A step of a run as stored.</summary>
internal sealed record StepRow(long Ordinal, string Step, string Uses, IReadOnlyList<string> Needs)
{
    private static readonly Dictionary<string, StepValue> NoValues = [];

    public StepState State { get; init; } = StepState.Waiting;

    public long Attempts { get; init; }

    /// <summary>How many attempts ended with a problem; the others were cut off by the end of the server.</summary>
    public long Failures { get; init; }

    public long? StartedMs { get; init; }

    public long? EndedMs { get; init; }

    public IReadOnlyDictionary<string, StepValue> Inputs { get; init; } = NoValues;

    public IReadOnlyDictionary<string, StepValue> Outputs { get; init; } = NoValues;

    public IReadOnlyDictionary<string, string> Summary { get; init; } = new Dictionary<string, string>();

    public StepReuseView? Reuse { get; init; }

    public StepProblemView? Problem { get; init; }

    public bool Ended => State is not (StepState.Waiting or StepState.Running);

    public bool Done => State is StepState.Succeeded or StepState.Reused;

    public PipelineStepView ToView() => new(
        Step, Uses, State, Needs, (int)Attempts, Values(Inputs), Values(Outputs), Summary, StartedMs, EndedMs, Reuse, Problem);

    private static Dictionary<string, StepValueView> Values(IReadOnlyDictionary<string, StepValue> values) =>
        values.ToDictionary(entry => entry.Key, entry => new StepValueView(entry.Value.Type, entry.Value.Digest, entry.Value.Name, entry.Value.Facts), StringComparer.Ordinal);
}
