using Slipway.Kernel;

namespace Slipway.Pipelines.Ports;

/// <param name="DefinitionDigest">SHA-256 of the definition's text.</param>
public sealed record PipelineRunStarted(string Workspace, string PipelineRunId, string Pipeline, string DefinitionDigest) : IFact
{
    public static string Kind => "pipelineRun.started";

    public string Subject => $"pipelineRun/{PipelineRunId}";
}

/// <param name="State"><c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
public sealed record PipelineRunFinished(string Workspace, string PipelineRunId, string Pipeline, string DefinitionDigest, string State, long EndedMs) : IFact
{
    public static string Kind => "pipelineRun.finished";

    public string Subject => $"pipelineRun/{PipelineRunId}";
}
