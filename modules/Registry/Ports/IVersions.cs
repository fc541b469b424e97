using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Training.Contracts;

namespace Slipway.Registry.Ports;

/// <summary>What later rooms may ask of registered versions. Thread safe.</summary>
public interface IVersions
{
    /// <summary>Which version it is, for decisions that must be taken in the asker's own transaction; null when there is none or it was deleted. Asks for no permission.</summary>
    VersionIdentity? Find(ReadTx tx, string workspace, string model, long version);

    /// <summary>The version with its records, read by their digests; a record that is not there or cannot be read is null. Asks for the caller's permission.</summary>
    /// <returns>404 when the workspace has no such version.</returns>
    Task<Result<VersionReports>> Reports(Caller caller, string model, long version, CancellationToken ct);
}

/// <summary>What never changes of a version.</summary>
/// <param name="By">Id of the principal who registered it.</param>
/// <param name="Dataset">Name of the dataset that it was trained on; null when only the bytes are known.</param>
/// <param name="Pipeline">Null when no pipeline registered it.</param>
public sealed record VersionIdentity(
    string Workspace, string Model, long Version, long CreatedMs, string By, string ByName, VersionDigests Digests,
    string? Dataset = null, long? DatasetVersion = null, string? RunId = null, string? Pipeline = null, string? PipelineRunId = null);

/// <param name="View">As the page shows it.</param>
public sealed record VersionReports(VersionIdentity Identity, ModelVersionView View, TrainingReport? Training, EvaluationReport? Evaluation);
