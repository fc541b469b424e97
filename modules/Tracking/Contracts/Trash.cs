namespace Slipway.Tracking.Contracts;

/// <summary>Something that was deleted and can still be restored.</summary>
/// <param name="Kind"><c>run</c>, <c>experiment</c> or <c>loggedModel</c>.</param>
/// <param name="Id">Of the run, the experiment or the logged model.</param>
/// <param name="DeletedMs">Unix ms; absent = before this was noted, the next round notes it.</param>
/// <param name="PurgeMs">When it goes for good, Unix ms: an experiment when the time of everything in it is over; absent = when somebody purges it.</param>
/// <param name="NeededBy">What keeps it from being purged, such as <c>model churn version 3</c>; absent = nothing.</param>
public sealed record TrashItemView(
    string Kind, string Id, string Name, string ExperimentId, string ExperimentName, long? DeletedMs = null, long? PurgeMs = null, string? NeededBy = null);

/// <summary>What to put into the trash, or to take out of it; at most 1,000 ids together.</summary>
public sealed record TrashRequest(IReadOnlyList<string>? Runs = null, IReadOnlyList<string>? Experiments = null, IReadOnlyList<string>? LoggedModels = null);

/// <summary>What to purge: erase for good, out of the trash.</summary>
/// <param name="Runs">At most 1,000 ids.</param>
/// <param name="Experiments">At most 1,000 ids, each with all its runs and logged models.</param>
/// <param name="All">Everything in the trash of the workspace.</param>
/// <param name="DryRun">True = say what would go, and change nothing.</param>
/// <param name="Reason">For the audit log, at most 1,000 characters.</param>
/// <param name="LoggedModels">At most 1,000 ids.</param>
public sealed record PurgeRequest(
    IReadOnlyList<string>? Runs = null, IReadOnlyList<string>? Experiments = null, bool All = false, bool DryRun = false, string? Reason = null, IReadOnlyList<string>? LoggedModels = null);

/// <summary>What was purged, or with a dry run what would be.</summary>
/// <param name="Artifacts">Names of files that go with the runs and logged models. Their bytes are freed later, where nothing else names them.</param>
/// <param name="ArtifactBytes">Sizes of those files; a file that others have too counts as well.</param>
/// <param name="Kept">What stays, and why; at most 1,000.</param>
/// <param name="More">True = a call does only so much; the same call again goes on.</param>
/// <param name="LoggedModels">Those of experiments that go, too.</param>
public sealed record PurgeReport(bool DryRun, long Runs, long Experiments, long Artifacts, long ArtifactBytes, IReadOnlyList<KeptItem> Kept, bool More = false, long LoggedModels = 0);

/// <param name="Kind"><c>run</c>, <c>experiment</c> or <c>loggedModel</c>.</param>
public sealed record KeptItem(string Kind, string Id, string Why);

/// <param name="RunIds">1 to 1,000 runs.</param>
/// <param name="ExperimentId">Where to; an active experiment of the workspace.</param>
public sealed record MoveRunsRequest(IReadOnlyList<string> RunIds, string ExperimentId);

/// <param name="Moved">Runs that changed their experiment; those that were there already do not count.</param>
public sealed record MovedRuns(long Moved);
