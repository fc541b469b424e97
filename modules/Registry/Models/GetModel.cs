using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Models;

/// <summary>One model with its aliases and tags.</summary>
internal sealed class GetModel(Db db)
{
    public static void Map(RouteGroupBuilder models) => models
        .MapGet("/{name}", async (string name, Caller caller, GetModel handler, CancellationToken ct) => (await handler.View(caller, name, ct)).ToHttp())
        .WithName(nameof(GetModel)).Needs(Permissions.ModelsRead)
        .Produces<ModelView>().ProducesProblem(404);

    public Task<Result<Model>> Handle(Caller caller, string name, CancellationToken ct) => Read(caller, name, (_, model) => model, ct);

    private Task<Result<ModelView>> View(Caller caller, string name, CancellationToken ct) => Read(
        caller, name, (tx, model) => model.ToView(ModelStore.CountVersions(tx, [model.Id]).GetValueOrDefault(model.Id)), ct);

    private async Task<Result<T>> Read<T>(Caller caller, string name, Func<ReadTx, Model, T> answer, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsRead) is { } denied) { return denied; }

        return await db.Read<Result<T>>(tx => ModelStore.Find(tx, caller, Permissions.ModelsRead, name).Then(model => answer(tx, model)), ct);
    }
}
