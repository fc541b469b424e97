using Slipway.Kernel;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Metrics;

/// <summary>All points of one metric of one run, by time, step, value. A run or key that is not there has none.</summary>
internal sealed class GetHistory(Db db, MetricKeys keys)
{
    public async Task<Result<List<MetricPoint>>> Handle(Caller caller, string runId, string key, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        return await db.Read<Result<List<MetricPoint>>>(tx =>
        {
            if (RunStore.Find(tx, caller, Permissions.RunsRead, runId).Fails(out var missing, out var run))
            {
                return missing is { Status: 404, Hidden: false } ? new List<MetricPoint>() : missing;
            }

            return keys.Find(tx, key) is { } keyId ? MetricStore.History(tx, run.Key, keyId) : new List<MetricPoint>();
        }, ct);
    }
}
