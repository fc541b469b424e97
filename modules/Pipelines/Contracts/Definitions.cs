namespace Slipway.Pipelines.Contracts;

/// <summary>A stored file that a definition may name.</summary>
/// <param name="Digest">SHA-256, 64 lower-case hex digits.</param>
public sealed record PipelineFileView(string Digest, long SizeBytes);

/// <param name="Definition">The YAML text.</param>
public sealed record CheckPipelineRequest(string Definition);

/// <param name="Faults">Every fault; empty = sound.</param>
/// <param name="Graph">Absent when there are faults.</param>
public sealed record PipelineCheckView(IReadOnlyList<PipelineFaultView> Faults, PipelineGraphView? Graph = null);

/// <param name="Path">Such as <c>steps.train.with.label</c>.</param>
/// <param name="Detail">One sentence: what is wrong, and what would be right.</param>
/// <param name="Line">In the YAML text, from 1; absent when it is not known.</param>
public sealed record PipelineFaultView(string Path, string Detail, int? Line = null);

/// <summary>A definition, read.</summary>
/// <param name="Digest">SHA-256 of its text.</param>
/// <param name="Files">Names of the files that must come with a run.</param>
public sealed record PipelineGraphView(string Pipeline, string Digest, IReadOnlyList<PipelineNodeView> Steps, IReadOnlyList<string> Files, string? Description = null);

/// <param name="Needs">Names of the steps whose outputs it takes.</param>
/// <param name="Inputs">Reference (<c>split.train</c>) by input name.</param>
/// <param name="Outputs">Type by output name.</param>
public sealed record PipelineNodeView(
    string Name, string Uses, IReadOnlyList<string> Needs, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, string> Outputs);

/// <summary>A pipeline: the name that its definitions share.</summary>
/// <param name="Runs">How many runs there are.</param>
/// <param name="Latest">The newest run.</param>
public sealed record PipelineView(string Name, long Runs, PipelineRunSummary Latest);

/// <param name="Definition">The YAML text of the newest run.</param>
/// <param name="Graph">Absent when this server no longer takes that definition.</param>
public sealed record PipelineDetail(PipelineView Pipeline, string Definition, PipelineGraphView? Graph = null);
