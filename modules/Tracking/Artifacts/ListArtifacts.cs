using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Artifacts;

/// <summary>The files and directories right below one directory of a run or a logged model.</summary>
internal sealed class ListArtifacts(Db db)
{
    public static void Map(RouteGroupBuilder runs, RouteGroupBuilder models)
    {
        runs.MapGet("/{runId}/artifacts", (string runId, string? path, Caller caller, ListArtifacts handler, CancellationToken ct) => handler.Answer(caller, runId, path, ct))
            .WithName(nameof(ListArtifacts)).Needs(Permissions.ArtifactsRead)
            .Produces<ArtifactList>().ProducesProblem(400).ProducesProblem(404);
        models.MapGet("/{modelId}/artifacts", (string modelId, string? path, Caller caller, ListArtifacts handler, CancellationToken ct) => handler.Answer(caller, modelId, path, ct))
            .WithName("ListLoggedModelArtifacts").Needs(Permissions.ArtifactsRead)
            .Produces<ArtifactList>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>A directory that is not there, or a file's name, has no entries.</summary>
    /// <param name="ownerId">A run's or a logged model's id.</param>
    public async Task<Result<(ArtifactOwner Owner, List<ArtifactEntry> Entries)>> Handle(Caller caller, string ownerId, string? path, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ArtifactsRead) is { } denied) { return denied; }

        if (ArtifactPath.Directory(path).Fails(out var fault, out var directory)) { return fault; }

        return await db.Read<Result<(ArtifactOwner, List<ArtifactEntry>)>>(
            tx => ArtifactOwner.Find(tx, caller, Permissions.ArtifactsRead, ownerId).Fails(out var problem, out var owner) ? problem
                : ArtifactStore.List(tx, owner.Key, directory) is var entries && entries.Count == 0 && owner.Elsewhere is { } elsewhere ? elsewhere
                : (owner, entries), ct);
    }

    private async Task<IResult> Answer(Caller caller, string ownerId, string? path, CancellationToken ct) =>
        (await Handle(caller, ownerId, path, ct)).Then(found => new ArtifactList([.. found.Entries.Select(View)])).ToHttp();

    private static ArtifactView View(ArtifactEntry entry) => new(entry.Path, entry.File is null, entry.File?.SizeBytes, entry.File?.Digest);
}
