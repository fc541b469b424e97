using Slipway.Kernel;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Runs;

internal sealed class PipelineRunsPort : IPipelineRuns
{
    public string? PipelineOf(ReadTx tx, string workspace, string runId) => RunStore.Find(tx, workspace, runId)?.Pipeline;
}
