using Slipway.Kernel;
using Slipway.Tracking.Experiments;

namespace Slipway.Tracking.Inputs;

/// <summary>Which datasets the runs of some experiments used, and as what.</summary>
internal sealed class SearchDatasets(Db db)
{
    private const int MaxExperiments = 20;
    private const int MaxSummaries = 1_000;

    /// <returns>At most 1,000; experiments that the workspace has not have none.</returns>
    public async Task<Result<List<DatasetSummary>>> Handle(Caller caller, IReadOnlyList<string> experimentIds, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsRead) is { } denied) { return denied; }

        if (experimentIds.Count == 0) { return Problem.Invalid("experiment_ids", "SearchDatasets request must specify at least one experiment_id."); }

        if (experimentIds.Count > MaxExperiments)
        {
            return Problem.Invalid("experiment_ids", $"SearchDatasets request cannot specify more than {MaxExperiments} experiment_ids. Received {experimentIds.Count} experiment_ids.");
        }

        long[] known = [.. experimentIds.Select(Faults.ExperimentId).Where(id => id.Problem is null).Select(id => id.Value)];
        return await db.Read(tx => InputStore.Summaries(tx, ExperimentStore.Reach(tx, caller, Permissions.ExperimentsRead, known) ?? [], MaxSummaries), ct);
    }
}
