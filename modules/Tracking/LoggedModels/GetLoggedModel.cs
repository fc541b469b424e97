using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.LoggedModels;

/// <summary>One model with its tags, parameters and what was measured of it.</summary>
internal sealed class GetLoggedModel(Db db)
{
    public static void Map(RouteGroupBuilder models) => models
        .MapGet("/{modelId}", async (string modelId, Caller caller, GetLoggedModel handler, CancellationToken ct) =>
            (await handler.Handle(caller, modelId, deleted: true, ct)).Then(model => model.ToView()).ToHttp())
        .WithName(nameof(GetLoggedModel)).Needs(Permissions.RunsRead)
        .Produces<LoggedModelView>().ProducesProblem(404);

    /// <param name="deleted">Deleted ones are there, too.</param>
    public async Task<Result<LoggedModelWithData>> Handle(Caller caller, string modelId, bool deleted, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        return await db.Read<Result<LoggedModelWithData>>(
            tx => (deleted ? LoggedModelStore.Find(tx, caller, Permissions.RunsRead, modelId) : LoggedModelStore.FindActive(tx, caller, Permissions.RunsRead, modelId))
                .Then(model => LoggedModelStore.Load(tx, [model.Key])[0]), ct);
    }
}
