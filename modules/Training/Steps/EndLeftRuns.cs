using Slipway.Kernel;
using Slipway.Pipelines.Ports;
using Slipway.Tracking.Ports;

namespace Slipway.Training.Steps;

/// <summary>A training run does not outlive its pipeline run: what a failed, cancelled or dead attempt has left running is ended with it.</summary>
internal sealed class EndLeftRuns(IRuns runs) : FactHandler<PipelineRunFinished>
{
    public override string Subscriber => "training.left";

    protected override async Task Handle(StoredFact stored, PipelineRunFinished fact, CancellationToken ct)
    {
        var ended = await runs.Abandon(Caller.ForJob("training", fact.Workspace), fact.PipelineRunId, failed: fact.State == "failed", ct);
        if (ended.Problem is { } problem) { throw new InvalidOperationException($"Runs of pipeline run {fact.PipelineRunId} could not be ended: {problem.Detail}"); }
    }
}
