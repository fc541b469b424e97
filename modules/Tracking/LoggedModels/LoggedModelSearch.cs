using Slipway.Kernel.Search;

namespace Slipway.Tracking.LoggedModels;

/// <summary>A search of logged models, parsed.</summary>
/// <param name="ExperimentIds">Unknown ones match nothing; null = every experiment of the workspace.</param>
/// <param name="SourceRunId">Only those that this run logged; null = all.</param>
/// <param name="Datasets">Metrics count when they were measured on one of these; none = all count. Without a clause on a metric, a model needs one that counts.</param>
/// <param name="Limit">Models a page, 1 to <see cref="SearchLoggedModels.MaxLimit"/>.</param>
internal sealed record LoggedModelSearch(
    IReadOnlyList<long>? ExperimentIds, Filter Filter, IReadOnlyList<NamedDataset> Datasets, IReadOnlyList<LoggedModelOrder> Orders, int Limit, string? SourceRunId = null);
