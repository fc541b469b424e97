namespace Slipway.Tracking.Contracts;

/// <summary>How far a logged model is; the numbers are those of the MLflow protocol.</summary>
public enum LoggedModelStatus
{
    /// <summary>Its files are on their way.</summary>
    Pending = 1,
    Ready = 2,
    UploadFailed = 3,
}

/// <summary>A model as a run logged it, registered or not.</summary>
/// <param name="ModelId"><c>m-</c> and 32 lower-case hex digits.</param>
/// <param name="ModelType">As the client said, such as <c>agent</c>; may be empty.</param>
/// <param name="ArtifactUri">Where clients put its files.</param>
/// <param name="Measures">By key, run and dataset.</param>
/// <param name="SourceRunId">The run that logged it; absent when none was named.</param>
public sealed record LoggedModelView(
    string ModelId, string Name, string ExperimentId, LoggedModelStatus Status, string ModelType, long CreatedMs, long UpdatedMs, Lifecycle Lifecycle, string ArtifactUri,
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<LoggedModelMeasureView> Measures, string? SourceRunId = null);

/// <summary>What a run measured of a model: the shown value of one metric.</summary>
/// <param name="TimeMs">Unix ms, as the client said.</param>
/// <param name="Value">Absent = not a number.</param>
/// <param name="DatasetName">What it was measured on; absent when it was not said.</param>
public sealed record LoggedModelMeasureView(string Key, string RunId, long Step, long TimeMs, double? Value = null, string? DatasetName = null, string? DatasetDigest = null);
