using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Search;

/// <summary>A search of runs, parsed.</summary>
/// <param name="ExperimentIds">Unknown ones match nothing; null = every experiment of the workspace.</param>
/// <param name="Limit">Runs a page, 1 to 50,000.</param>
internal sealed record RunSearch(
    string Workspace, IReadOnlyList<long>? ExperimentIds, Filter Filter, IReadOnlyList<Order> Orders, LifecycleView View, int Limit)
{
    /// <summary>What of each run is wanted.</summary>
    public RunProjection Projection { get; init; } = RunProjection.All;

    /// <summary>Whether the page also says how many runs there are.</summary>
    public bool Counts { get; init; }
}
