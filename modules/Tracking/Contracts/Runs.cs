namespace Slipway.Tracking.Contracts;

/// <summary>State of a run as its client reports it; the numbers are those of the MLflow protocol.</summary>
public enum RunStatus
{
    Running = 1,
    Scheduled = 2,
    Finished = 3,
    Failed = 4,
    Killed = 5,
}

/// <summary>Which runs or experiments a list shows.</summary>
public enum LifecycleView
{
    Active = 1,
    Deleted = 2,
    All = 3,
}

/// <summary>One execution of somebody's code.</summary>
/// <param name="RunId">32 lower-case hex digits.</param>
/// <param name="StartedMs">As the client said, Unix ms; 0 = not said.</param>
/// <param name="EndedMs">Absent while it runs.</param>
/// <param name="User">As the client said; may be empty.</param>
/// <param name="Metrics">The latest value per key; null = not a number (NaN).</param>
public sealed record RunView(
    string RunId, string Name, string ExperimentId, RunStatus Status, Lifecycle Lifecycle, long StartedMs, string User,
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, double?> Metrics, IReadOnlyDictionary<string, string> Tags, long? EndedMs = null);

/// <summary>Keys that occur in the runs of one page, sorted: what a table may show as columns.</summary>
public sealed record RunColumns(IReadOnlyList<string> Params, IReadOnlyList<string> Metrics, IReadOnlyList<string> Tags);

/// <param name="Next">Cursor of the next page; absent on the last.</param>
/// <param name="Count">How many there are on all pages; absent when it was not asked for.</param>
public sealed record RunPage(IReadOnlyList<RunView> Items, RunColumns Columns, string? Next = null, RunCount? Count = null);

/// <param name="AtLeast">True = there may be more; nobody counted further.</param>
public sealed record RunCount(long Count, bool AtLeast);

/// <summary>A run with everything a page needs to begin with.</summary>
/// <param name="Latest">The shown point of each metric, by key.</param>
/// <param name="Datasets">What it used, in the order of logging.</param>
/// <param name="Models">Logged models that went in and came out; those that name it as their source came out.</param>
public sealed record RunDetail(
    RunView Run, string ExperimentName, string ArtifactUri, IReadOnlyList<LatestMetric> Latest, IReadOnlyList<RunDatasetView> Datasets, IReadOnlyList<RunModelView> Models);

/// <param name="Value">Absent = not a number.</param>
public sealed record LatestMetric(string Key, long Step, long TimeMs, double? Value = null);
