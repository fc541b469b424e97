using Slipway.Kernel;
using Slipway.Tracking.Artifacts;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Runs;

/// <summary>A run and its files for other rooms, from one snapshot.</summary>
internal sealed class ReadRunRecord(Db db) : IRunRecords
{
    private const int MaxFiles = 10_000;

    public async Task<Result<RunRecord>> Find(Caller caller, string runId, string path, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.RunsRead) ?? caller.Lacks(Permissions.ArtifactsRead)) is { } denied) { return denied; }

        if (ArtifactPath.Directory(path).Fails(out var fault, out var place)) { return fault; }

        return await db.Read<Result<RunRecord>>(
            tx => RunStore.Find(tx, caller, Permissions.RunsRead, runId).Then(run => Record(RunStore.Load(tx, [run.Key])[0], ArtifactStore.Below(tx, run.Key, place, MaxFiles))), ct);
    }

    public Result<RunRecord> FindFiles(ReadTx tx, Caller caller, string runId, string path) =>
        (caller.Lacks(Permissions.RunsRead) ?? caller.Lacks(Permissions.ArtifactsRead)) is { } denied ? denied
        : ArtifactPath.Directory(path).Fails(out var fault, out var place) ? fault
        : RunStore.Find(tx, caller, Permissions.RunsRead, runId).Then(run => Record(RunStore.WithTags(tx, run), ArtifactStore.Below(tx, run.Key, place, MaxFiles)));

    public StoredFiles? FilesAt(ReadTx tx, string workspace, string ownerId, string address) =>
        ArtifactOwner.ForServer(tx, workspace, ownerId) is not { Unread: false } owner ? null
        : owner.PathOf(address) is not { } path ? new StoredFiles(null, [])
        : new StoredFiles(path, Files(ArtifactStore.Below(tx, owner.Key, path, MaxFiles)));

    private static RunRecord Record(RunWithData run, List<Artifact> files) => new(
        run.Run.RunId, run.Run.ExperimentIdText, run.Run.Name, run.Run.Status.ToString().ToLowerInvariant(), run.Run.ArtifactUri,
        run.Metrics.ToDictionary(metric => metric.Key, metric => metric.Point.Value, StringComparer.Ordinal),
        run.Params.ToDictionary(param => param.Key, param => param.Value, StringComparer.Ordinal),
        run.Tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal),
        Files(files));

    private static RunFile[] Files(List<Artifact> files) => [.. files.Select(file => new RunFile(file.Path, file.Digest, file.SizeBytes))];
}
