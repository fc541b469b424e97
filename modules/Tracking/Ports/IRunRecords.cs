using Slipway.Kernel;

namespace Slipway.Tracking.Ports;

/// <summary>What later rooms may read of a run: what it logged and which files it left. Thread safe.</summary>
public interface IRunRecords
{
    /// <summary>The run with the artifacts at or below a path. Asks for the caller's permission to see runs and their artifacts; a deleted run is there.</summary>
    /// <param name="path">A file or a directory below the run's root; empty = all.</param>
    /// <returns>404 when the workspace has no such run, 400 for a path that leads elsewhere; no files when nothing is at the path.</returns>
    Task<Result<RunRecord>> Find(Caller caller, string runId, string path, CancellationToken ct);

    /// <summary>As <see cref="Find(Caller, string, string, CancellationToken)"/>, in a transaction of the asker's and without metrics and parameters.</summary>
    Result<RunRecord> FindFiles(ReadTx tx, Caller caller, string runId, string path);

    /// <summary>
    /// The files at an address as they are in this transaction, for a room that writes down what it has read of them before. Asks for no permission: that room has.
    /// </summary>
    /// <param name="ownerId">A run, deleted or not, or a logged model.</param>
    /// <param name="address">Of a file or a directory below the artifact address of the run or model.</param>
    /// <returns>Null when the workspace has no such run or model, or the model was deleted: nothing of it is read any more.</returns>
    StoredFiles? FilesAt(ReadTx tx, string workspace, string ownerId, string address);
}

/// <param name="Status"><c>running</c>, <c>scheduled</c>, <c>finished</c>, <c>failed</c> or <c>killed</c>.</param>
/// <param name="Metrics">The shown value of each metric by key; NaN = not a number.</param>
/// <param name="Files">By path, at most 10,000.</param>
public sealed record RunRecord(
    string RunId, string ExperimentId, string Name, string Status, string ArtifactUri, IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<RunFile> Files)
{
    /// <summary>False for a run whose artifacts are at an address elsewhere, such as <c>s3://…</c>: what clients find there is not known here.</summary>
    public bool KeptHere => Experiments.ArtifactLocation.IsOwn(ArtifactUri);
}

/// <param name="Path">From the run's root.</param>
/// <param name="Digest">SHA-256 of the blob, 64 lower-case hex digits.</param>
public sealed record RunFile(string Path, string Digest, long SizeBytes);

/// <param name="Path">Below the root of the run or logged model, empty = the root; null when the address is not there or the artifacts are kept elsewhere.</param>
/// <param name="Files">By path, at most 10,000.</param>
public sealed record StoredFiles(string? Path, IReadOnlyList<RunFile> Files);
