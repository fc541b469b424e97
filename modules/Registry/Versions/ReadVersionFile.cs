using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Versions;

/// <summary>One file of a version, as long as the files there are those that were registered.</summary>
internal sealed class ReadVersionFile(Db db, IRunRecords runs, ILoggedModels logged)
{
    /// <param name="path">From the version's folder; of a version of one file its name or empty.</param>
    public async Task<Result<RunFile>> Handle(Caller caller, string model, long number, string path, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsRead) is { } denied) { return denied; }

        var read = await db.Read<Result<(ModelVersion Version, Evidence Evidence)>>(
            tx => VersionStore.Find(tx, caller, Permissions.ModelsRead, model, number).Then(version => (version, VersionStore.EvidenceOf(tx, version.ModelId, number))), ct);
        if (read.Fails(out var problem, out var found)) { return problem; }

        if (found.Evidence is not { Location: { } location, ModelDigest: { } digest })
        {
            return Problem.Invalid("path", $"The files of {model} version {number} are at {found.Evidence.Location ?? found.Version.Source}, which this server keeps no digest of; read them there.");
        }

        if ((await Files(caller, found.Evidence, ct)).Fails(out problem, out var kept)) { return problem; }

        var folder = location.StartsWith(kept.Root, StringComparison.Ordinal) ? location[kept.Root.Length..].Trim('/') : "";
        var there = kept.Files.Where(file => folder.Length == 0 || file.Path == folder || file.Path.StartsWith(folder + "/", StringComparison.Ordinal)).ToList();
        if (FileSet.Digest(there, folder) != digest)
        {
            return Problem.Conflict("files_changed", $"The files at {location} are not those that {model} version {number} was registered with; register them as a new version.");
        }

        return there.Find(file => NameBelow(file.Path, folder) == path.Trim('/') || (file.Path == folder && path.Length == 0)) is { } wanted
            ? wanted
            : new Problem(404, "not_found", $"No such artifact: '{path}'");
    }

    private async Task<Result<(string Root, IReadOnlyList<RunFile> Files)>> Files(Caller caller, Evidence evidence, CancellationToken ct) => evidence.LoggedModelId is { } modelId
        ? (await logged.Find(caller, modelId, "", ct)).Then(found => (found.ArtifactUri, found.Files))
        : (await runs.Find(caller, evidence.RunId ?? "", "", ct)).Then(found => (found.ArtifactUri, found.Files));

    private static string NameBelow(string path, string folder) =>
        path == folder ? path[(path.LastIndexOf('/') + 1)..] : folder.Length == 0 ? path : path[(folder.Length + 1)..];
}
