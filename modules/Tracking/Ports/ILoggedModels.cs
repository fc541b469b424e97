using Slipway.Kernel;

namespace Slipway.Tracking.Ports;

/// <summary>What later rooms may know of models as runs logged them, and what they may note on them. Thread safe.</summary>
public interface ILoggedModels
{
    /// <summary>
    /// The model with the files at or below a path. Asks for the caller's permission to see runs and their artifacts.
    /// </summary>
    /// <param name="modelId"><c>m-</c> and 32 lower-case hex digits.</param>
    /// <param name="path">A file or a directory below the model's root; empty = all.</param>
    /// <returns>404 when the workspace has no such model or it was deleted, 400 for a path that leads elsewhere; no files when nothing is at the path.</returns>
    Task<Result<LoggedModelRecord>> Find(Caller caller, string modelId, string path, CancellationToken ct);

    /// <summary>
    /// Notes on the model that it was registered, in the transaction that registers it: in its tag <c>mlflow.modelVersions</c>, a JSON list of name and version, as clients read it.
    /// The same registration again changes nothing. The note is a change of the model: whoever may only see it registers without one.
    /// </summary>
    /// <returns>A 404 when the workspace has no such model, it was deleted, or the caller may not see it; null otherwise.</returns>
    Problem? NoteRegistration(WriteTx tx, Caller caller, string modelId, string name, long version);
}

/// <param name="SourceRunId">The run that logged it; null when none was named.</param>
/// <param name="Status"><c>pending</c>, <c>ready</c> or <c>uploadFailed</c>.</param>
/// <param name="ArtifactUri">Where clients put its files; below <c>mlflow-artifacts:/</c> they are kept here, and <paramref name="Files"/> has them.</param>
/// <param name="Measures">By key, run and dataset.</param>
/// <param name="Files">By path, at most 10,000.</param>
public sealed record LoggedModelRecord(
    string ModelId, string ExperimentId, string Name, string ModelType, string? SourceRunId, string Status, string ArtifactUri,
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<LoggedModelMeasure> Measures, IReadOnlyList<RunFile> Files)
{
    /// <inheritdoc cref="RunRecord.KeptHere"/>
    public bool KeptHere => Experiments.ArtifactLocation.IsOwn(ArtifactUri);
}

/// <summary>What a run measured of a model: the shown value of one metric.</summary>
/// <param name="Value">NaN = not a number.</param>
/// <param name="TimeMs">Unix ms, as the client said.</param>
/// <param name="DatasetName">Null when no dataset was named with it.</param>
public sealed record LoggedModelMeasure(string Key, double Value, long TimeMs, long Step, string RunId, string? DatasetName, string? DatasetDigest);
