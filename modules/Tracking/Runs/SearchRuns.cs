using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Inputs;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Runs;

/// <summary>One page of the runs that meet a filter, in an order.</summary>
internal sealed class SearchRuns(Db db, MetricKeys keys)
{
    /// <summary>Most runs of one page; the protocol's own limit.</summary>
    public const int MaxLimit = 50_000;

    /// <param name="search">Its workspace must be the caller's.</param>
    /// <param name="inputs">With what went into the runs and came out.</param>
    /// <param name="pageToken">Null or empty = the first page.</param>
    public async Task<Result<(List<RunWithData> Runs, string? Next)>> Handle(Caller caller, RunSearch search, string? pageToken, bool inputs, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        if (PageToken.Parse(pageToken).Fails(out var fault, out var from)) { return fault; }

        return await db.Read(tx =>
        {
            var own = search with { ExperimentIds = search.ExperimentIds is { Count: > 0 } ids ? ExperimentStore.OfWorkspace(tx, caller.Workspace, ids) : search.ExperimentIds };
            var (runKeys, next) = new RunPlan(tx, keys, own).Page(from);
            return (inputs ? InputStore.WithInputs(tx, RunStore.Load(tx, runKeys)) : RunStore.Load(tx, runKeys), next?.ToString());
        }, ct);
    }
}
