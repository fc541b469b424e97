using Slipway.Kernel;

namespace Slipway.Pipelines.Ports;

/// <summary>What later rooms may ask of runs. Thread safe.</summary>
public interface IPipelineRuns
{
    /// <summary>The name of the run's pipeline; null when the workspace has no such run. Asks for no permission.</summary>
    string? PipelineOf(ReadTx tx, string workspace, string runId);
}
