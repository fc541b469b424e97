using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Versions;

/// <summary>
/// What versions were made from or name: rows of <c>registry_version_origins</c>, by which a run, a logged model and their files are kept as long as the version (<see cref="HoldRuns"/>).
/// </summary>
internal sealed class VersionOrigins(IRunRecords runs)
{
    // Ids of runs are no longer; what a client calls one may be.
    private const int IdChars = 256;

    /// <summary>Notes them, in the transaction that registers the version, and looks there once more at the files: they were read before it.</summary>
    /// <returns>The problem when the run or logged model has gone since, or its files have changed; null when the origins are noted.</returns>
    public Problem? Note(WriteTx tx, string workspace, ModelVersion version, Evidence evidence)
    {
        var source = evidence.LoggedModelId ?? evidence.RunId;
        string? path = null;
        if (source is not null && evidence.Location is { } location)
        {
            if (runs.FilesAt(tx, workspace, source, location) is not { } there) { return Changed(location, "is not there any more"); }

            if (evidence.ModelDigest is { } digest && there.Path is not null)
            {
                if (FileSet.Digest(there.Files, there.Path) != digest) { return Changed(location, "has other files now"); }

                path = there.Path;
            }
        }

        string[] ids = [.. new[] { source, evidence.RunId, version.RunId, version.LoggedModelId }.OfType<string>().Where(id => id.Length is > 0 and <= IdChars).Distinct()];
        tx.SendRows(
            ids,
            id => $"({workspace}, {id}, {version.ModelId}, {version.Number}, {(id == source ? path : null)})",
            rows => $"INSERT INTO registry_version_origins (workspace, origin_id, model_id, version, path) VALUES {rows}");
        return null;
    }

    public static void Forget(WriteTx tx, string modelId, long version) => tx.Execute($"DELETE FROM registry_version_origins WHERE model_id = {modelId} AND version = {version}");

    /// <summary>Of all versions of a model.</summary>
    public static void Forget(WriteTx tx, string modelId) => tx.Execute($"DELETE FROM registry_version_origins WHERE model_id = {modelId}");

    private static Problem Changed(string location, string how) =>
        Problem.Conflict("source_changed", $"{location} {how}: it changed while the version was registered, or since the version that it is a copy of was. Register it again as it is now.");
}
