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

    /// <summary>Most runs that a count counts; of more it says that there are at least so many.</summary>
    public const int MaxCount = Limits.CountedRuns;

    /// <param name="search">Its workspace must be the caller's.</param>
    /// <param name="inputs">With what went into the runs and came out.</param>
    /// <param name="pageToken">Null or empty = the first page.</param>
    public async Task<Result<FoundRuns>> Handle(Caller caller, RunSearch search, string? pageToken, bool inputs, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        if (PageToken.Parse(pageToken).Fails(out var fault, out var from)) { return fault; }

        // A token of another list, or of the time before positions.
        if (from.Offset > 0) { return PageToken.Gone; }

        return await db.Read<Result<FoundRuns>>(tx =>
        {
            var plan = new RunPlan(tx, keys, Own(tx, caller, search));
            if (plan.Page(from.After) is not var (runKeys, more)) { return PageToken.Gone; }

            var runs = RunStore.Load(tx, runKeys, search.Projection);
            return new FoundRuns(inputs ? InputStore.WithInputs(tx, runs) : runs, more ? new PageToken(0, runs[^1].Run.RunId).ToString() : null, search.Counts ? plan.Count(MaxCount) : null);
        }, ct);
    }

    /// <summary>How many runs there are, up to <see cref="MaxCount"/>, without reading them.</summary>
    public async Task<Result<long>> Count(Caller caller, RunSearch search, CancellationToken ct) => caller.Lacks(Permissions.RunsRead) is { } denied
        ? denied
        : await db.Read(tx => new RunPlan(tx, keys, Own(tx, caller, search)).Count(MaxCount), ct);

    private static RunSearch Own(ReadTx tx, Caller caller, RunSearch search) =>
        search with { ExperimentIds = search.ExperimentIds is [] ? [] : ExperimentStore.Reach(tx, caller, Permissions.RunsRead, search.ExperimentIds) };
}

/// <param name="Next">Token of the next page; null = this is the last.</param>
/// <param name="Count">Runs on all pages, up to <see cref="SearchRuns.MaxCount"/>; null = not asked for.</param>
internal sealed record FoundRuns(List<RunWithData> Runs, string? Next, long? Count);
