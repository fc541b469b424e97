namespace Slipway.Tracking.Contracts;

/// <summary>Begins to take over what another tracking server holds, or goes on with an import from there that has not finished.</summary>
/// <param name="Source">What tells the source from others, such as its address or file; 1 to 400 characters.</param>
public sealed record StartImportRequest(string Source);

/// <param name="FinishedMs">Absent while it is open.</param>
/// <param name="By">Who began it.</param>
public sealed record ImportView(string ImportId, string Source, long StartedMs, string By, long? FinishedMs = null, ImportReport? Report = null);

/// <summary>What an import did.</summary>
/// <param name="Counts">One per kind of thing.</param>
/// <param name="Skipped">What was not taken over, and why; the first thousand.</param>
/// <param name="ExperimentIds">The experiment here for each of the source whose id is another here.</param>
public sealed record ImportReport(IReadOnlyList<ImportCount> Counts, IReadOnlyList<ImportSkip> Skipped, IReadOnlyDictionary<string, string> ExperimentIds);

/// <param name="Kind">Such as <c>runs</c>.</param>
/// <param name="Found">In the source.</param>
/// <param name="Added">New here.</param>
/// <param name="Present">Here already.</param>
/// <param name="Skipped">Not taken over.</param>
public sealed record ImportCount(string Kind, long Found, long Added, long Present, long Skipped);

public sealed record ImportSkip(string Kind, string Id, string Reason);

/// <param name="Experiments">At most 500.</param>
public sealed record ImportExperimentsRequest(IReadOnlyList<ImportedExperiment> Experiments);

/// <param name="SourceId">Its id in the source, which it keeps where that is a free number here.</param>
/// <param name="ArtifactLocation">An address outside this server, kept as given and never opened; absent = this server.</param>
public sealed record ImportedExperiment(
    string SourceId, string Name, Lifecycle Lifecycle, long CreatedMs, long UpdatedMs, IReadOnlyDictionary<string, string> Tags, string? ArtifactLocation = null);

public enum ImportOutcome
{
    Added,

    /// <summary>It was here already, perhaps not complete: what is missing is added.</summary>
    Present,

    /// <summary>This import has completed it before.</summary>
    Complete,

    /// <summary>Not taken over; a reason says why.</summary>
    Skipped,
}

/// <param name="ExperimentId">The experiment here; absent when it was skipped.</param>
public sealed record ImportedExperimentView(string SourceId, ImportOutcome Outcome, string? ExperimentId = null, string? Reason = null);

/// <param name="Runs">At most 500.</param>
public sealed record ImportRunsRequest(IReadOnlyList<ImportedRun> Runs);

/// <param name="RunId">Kept; 1 to 256 letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="SourceExperimentId">As the source knows it; sent before.</param>
/// <param name="ArtifactUri">An address outside this server, kept as given and never opened; absent = this server.</param>
public sealed record ImportedRun(
    string RunId, string SourceExperimentId, string Name, string User, RunStatus Status, Lifecycle Lifecycle, long StartedMs,
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, string> Tags, long? EndedMs = null, string? ArtifactUri = null,
    IReadOnlyList<ImportedInput>? Datasets = null, IReadOnlyList<string>? ModelInputs = null, IReadOnlyList<ImportedOutput>? ModelOutputs = null);

/// <summary>A dataset that a run read. Name and digest say which one it is in its experiment.</summary>
/// <param name="Tags">Such as <c>mlflow.data.context</c>.</param>
public sealed record ImportedInput(
    string Name, string Digest, string SourceType, string Source, IReadOnlyDictionary<string, string> Tags, string? Schema = null, string? Profile = null);

/// <summary>A logged model that a run made.</summary>
public sealed record ImportedOutput(string ModelId, long Step);

/// <param name="Models">At most 500.</param>
public sealed record ImportLoggedModelsRequest(IReadOnlyList<ImportedLoggedModel> Models);

/// <param name="ModelId">Kept; 1 to 250 letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Measures">What runs measured of it: of runs that were sent before.</param>
/// <param name="ArtifactUri">An address outside this server, kept as given and never opened; absent = this server.</param>
public sealed record ImportedLoggedModel(
    string ModelId, string SourceExperimentId, string Name, string ModelType, LoggedModelStatus Status, Lifecycle Lifecycle, long CreatedMs, long UpdatedMs,
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<LoggedModelMeasureView> Measures, string? SourceRunId = null, string? ArtifactUri = null);

public sealed record ImportedLoggedModelView(string ModelId, ImportOutcome Outcome, string? Reason = null);

/// <param name="Reason">Why it, or some of its parameters and tags, was skipped.</param>
public sealed record ImportedRunView(string RunId, ImportOutcome Outcome, string? Reason = null);

/// <param name="Series">At most 250,000 points in all, of at most 500 runs.</param>
public sealed record ImportPointsRequest(IReadOnlyList<ImportedSeries> Series);

/// <summary>Points of one metric of one run, in columns of one length.</summary>
/// <param name="TimesMs">0 or more.</param>
/// <param name="Values">Null = not a number.</param>
public sealed record ImportedSeries(string RunId, string Key, IReadOnlyList<long> Steps, IReadOnlyList<long> TimesMs, IReadOnlyList<double?> Values);

/// <param name="Points">How many were taken.</param>
public sealed record ImportedPointsView(long Points, IReadOnlyList<ImportSkip> Skipped);

/// <param name="RunIds">Runs of which everything was sent; at most 500.</param>
public sealed record CloseImportedRunsRequest(IReadOnlyList<string> RunIds);

public sealed record FinishImportRequest(ImportReport Report);
