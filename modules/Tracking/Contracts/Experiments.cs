namespace Slipway.Tracking.Contracts;

public enum Lifecycle
{
    Active,

    /// <summary>Put away: still there for reading, and to be restored.</summary>
    Deleted,
}

/// <summary>A named group of runs.</summary>
/// <param name="ExperimentId">Decimal number as text, as MLflow clients know it; <c>0</c> is the default workspace's Default.</param>
/// <param name="ArtifactLocation">Where clients put the artifacts of its runs, such as <c>mlflow-artifacts:/7</c>.</param>
public sealed record ExperimentView(
    string ExperimentId, string Name, Lifecycle Lifecycle, long CreatedMs, long UpdatedMs, string ArtifactLocation, IReadOnlyDictionary<string, string> Tags);

/// <summary>A part of the names of experiments up to a slash: <c>churn</c> of <c>churn/baseline</c>.</summary>
/// <param name="Path">From the top, without a slash at its end.</param>
/// <param name="Name">Its last part.</param>
/// <param name="Experiments">Below it, at any depth.</param>
/// <param name="HasFolders">True = there are folders in it.</param>
public sealed record ExperimentFolder(string Path, string Name, long Experiments, bool HasFolders);

/// <param name="Name">1 to 500 characters, unique in the workspace, deleted ones included.</param>
/// <param name="ArtifactLocation">URI without fragment and parameters; absent = this server.</param>
/// <param name="Tags">Keys up to 250, values up to 5,000 characters.</param>
public sealed record CreateExperimentRequest(string Name, string? ArtifactLocation = null, IReadOnlyDictionary<string, string>? Tags = null);
