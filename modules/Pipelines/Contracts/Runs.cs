namespace Slipway.Pipelines.Contracts;

/// <param name="Definition">The YAML text.</param>
/// <param name="Files">Digest by file name, for each file that the definition names; uploaded before by <c>pipelines/files</c>.</param>
/// <param name="Force">Names of steps whose earlier results are not taken; <c>*</c> = all.</param>
public sealed record StartPipelineRunRequest(
    string Definition, IReadOnlyDictionary<string, string>? Files = null, IReadOnlyList<string>? Force = null);

/// <summary>A run in a list.</summary>
/// <param name="By">Id of the principal who started it.</param>
/// <param name="StartedMs">When it was accepted, Unix ms.</param>
/// <param name="EndedMs">Absent while it goes on.</param>
/// <param name="StepStates">How many steps are in which state.</param>
public sealed record PipelineRunSummary(
    string Id, string Pipeline, string DefinitionDigest, PipelineRunState State, long StartedMs, string By, string ByName,
    IReadOnlyDictionary<StepState, int> StepStates, long? EndedMs = null);

/// <summary>A run with its steps, in the order of the definition.</summary>
/// <param name="Id">32 lower-case hex digits.</param>
/// <param name="Files">Digest by file name.</param>
public sealed record PipelineRunView(
    string Id, string Pipeline, string DefinitionDigest, PipelineRunState State, long StartedMs, string By, string ByName,
    IReadOnlyDictionary<string, string> Files, IReadOnlyList<PipelineStepView> Steps, long? EndedMs = null);

/// <param name="Needs">Names of the steps whose outputs it takes.</param>
/// <param name="Attempts">How often it was begun; 0 = not yet, or its result was reused.</param>
/// <param name="Inputs">What it took, by input name; empty until it begins.</param>
/// <param name="Outputs">What it gave, by output name; empty until it succeeds.</param>
/// <param name="Summary">The result in a few words, by label.</param>
/// <param name="Reuse">Absent until it was decided whether an earlier result can be taken.</param>
/// <param name="Problem">Why it failed; also, while it runs again, why the last attempt did.</param>
public sealed record PipelineStepView(
    string Name, string Uses, StepState State, IReadOnlyList<string> Needs, int Attempts,
    IReadOnlyDictionary<string, StepValueView> Inputs, IReadOnlyDictionary<string, StepValueView> Outputs, IReadOnlyDictionary<string, string> Summary,
    long? StartedMs = null, long? EndedMs = null, StepReuseView? Reuse = null, StepProblemView? Problem = null);

/// <param name="Type">dataset, file, model, evaluation or modelVersion.</param>
/// <param name="Digest">SHA-256 of its content, to be had at <c>files/{digest}</c>.</param>
public sealed record StepValueView(string Type, string Digest, string? Name = null, IReadOnlyDictionary<string, string>? Facts = null);

/// <param name="Reused">True: the outputs are those of an earlier run.</param>
/// <param name="Reason">One sentence: why, or why not.</param>
/// <param name="FromRunId">The run that made them; when not reused, the one that was compared with. Absent when there was none.</param>
public sealed record StepReuseView(bool Reused, string Reason, string? FromRunId = null);

/// <param name="Code">Stable name of the kind of problem.</param>
public sealed record StepProblemView(string Code, string Detail);

/// <param name="Next">Number of the line after the last: the next <c>from</c>.</param>
/// <param name="Ended">No further lines will come.</param>
public sealed record StepLogView(IReadOnlyList<StepLogLine> Lines, long Next, bool Ended);

public sealed record StepLogLine(long AtMs, string Text);
