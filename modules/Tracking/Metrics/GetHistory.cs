using Slipway.Kernel;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Metrics;

/// <summary>All points of one metric of one run, by time, step, value. A run or key that is not there has none.</summary>
internal sealed class GetHistory(Db db, MetricKeys keys)
{
    public async Task<Result<List<MetricPoint>>> Handle(Caller caller, string runId, string key, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        return await db.Read(
            tx => RunStore.Find(tx, caller.Workspace, runId) is { } run && keys.Find(tx, key) is { } keyId ? MetricStore.History(tx, run.Key, keyId) : [], ct);
    }
}
