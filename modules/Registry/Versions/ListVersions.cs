using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;

namespace Slipway.Registry.Versions;

/// <summary>The versions of a model, the newest first.</summary>
internal sealed class ListVersions(Db db)
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder models) => models
        .MapGet("/{name}/versions", async (string name, string? cursor, int? limit, Caller caller, ListVersions handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, cursor, limit ?? DefaultLimit, ct)).ToHttp())
        .WithName(nameof(ListVersions)).Needs(Permissions.ModelsRead)
        .Produces<Page<ModelVersionRow>>().ProducesProblem(400).ProducesProblem(404);

    /// <param name="cursor">Versions below this number; null = from the newest.</param>
    public async Task<Result<Page<ModelVersionRow>>> Handle(Caller caller, string model, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsRead) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        var before = long.MaxValue;
        if (cursor is not null && (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before) || before < 1))
        {
            return Problem.Invalid("cursor", $"'cursor' is '{cursor}', which no page gave; begin with the first page.");
        }

        return await db.Read<Result<Page<ModelVersionRow>>>(tx =>
        {
            if (ModelStore.FindBare(tx, caller, Permissions.ModelsRead, model).Fails(out var missing, out var found)) { return missing; }

            var versions = VersionStore.Newest(tx, found.Id, before, limit + 1);
            var shown = versions.Count > limit ? versions[..limit] : versions;
            var evidence = VersionStore.EvidenceOf(tx, found.Id, [.. shown.Select(version => version.Number)]);
            return new Page<ModelVersionRow>(
                [.. shown.Select(version => version.ToRow(evidence[version.Number]))], versions.Count > limit ? shown[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
        }, ct);
    }
}
