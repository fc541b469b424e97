using Slipway.Kernel;
using Slipway.Tracking.Ports;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Metrics;

/// <summary>A run that has ended is read rather than written: its points go into blocks at once.</summary>
internal sealed class FoldFinishedRun(Db db, MetricFold fold) : FactHandler<RunFinished>
{
    public override string Subscriber => "tracking.fold";

    protected override async Task Handle(StoredFact stored, RunFinished fact, CancellationToken ct)
    {
        if (await db.Read(tx => RunStore.FindForServer(tx, fact.Workspace, fact.RunId), ct) is { } run) { await fold.Fold(run.Key, ct); }
    }
}
