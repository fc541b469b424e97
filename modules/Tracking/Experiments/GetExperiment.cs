using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Experiments;

/// <summary>One experiment by id or by name, deleted or not.</summary>
internal sealed class GetExperiment(Db db, DefaultExperiment defaults)
{
    public static void Map(RouteGroupBuilder experiments) => experiments
        .MapGet("/{experimentId}", async (string experimentId, Caller caller, GetExperiment handler, CancellationToken ct) =>
            (await handler.ById(caller, experimentId, ct)).Then(experiment => experiment.ToView()).ToHttp())
        .WithName(nameof(GetExperiment)).Needs(Permissions.ExperimentsRead)
        .Produces<ExperimentView>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<Experiment>> ById(Caller caller, string id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsRead) is { } denied) { return denied; }

        if (Faults.ExperimentId(id).Fails(out var fault, out var number)) { return fault; }

        return await db.Read(tx => ExperimentStore.Find(tx, caller, Permissions.ExperimentsRead, number), ct);
    }

    public async Task<Result<Experiment>> ByName(Caller caller, string name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsRead) is { } denied) { return denied; }

        await defaults.Ensure(caller.Workspace, ct);
        return await db.Read(tx => ExperimentStore.FindByName(tx, caller, Permissions.ExperimentsRead, name), ct);
    }
}
