using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Artifacts;

/// <summary>The files and directories right below one directory of a run.</summary>
internal sealed class ListArtifacts(Db db)
{
    public static void Map(RouteGroupBuilder runs) => runs
        .MapGet("/{runId}/artifacts", async (string runId, string? path, Caller caller, ListArtifacts handler, CancellationToken ct) =>
            (await handler.Handle(caller, runId, path, ct)).Then(found => new ArtifactList([.. found.Entries.Select(View)])).ToHttp())
        .WithName(nameof(ListArtifacts)).Needs(Permissions.ArtifactsRead)
        .Produces<ArtifactList>().ProducesProblem(400).ProducesProblem(404);

    /// <summary>A directory that is not there, or a file's name, has no entries.</summary>
    public async Task<Result<(Run Run, List<ArtifactEntry> Entries)>> Handle(Caller caller, string runId, string? path, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsRead) is { } denied) { return denied; }

        if (ArtifactPath.Directory(path).Fails(out var fault, out var directory)) { return fault; }

        return await db.Read<Result<(Run, List<ArtifactEntry>)>>(
            tx => RunStore.Find(tx, caller.Workspace, runId) is { } run ? (run, ArtifactStore.List(tx, run.Key, directory)) : Faults.NoRun(runId), ct);
    }

    private static ArtifactView View(ArtifactEntry entry) => new(entry.Path, entry.File is null, entry.File?.SizeBytes, entry.File?.Digest);
}
