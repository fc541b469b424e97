using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Trash;

/// <summary>
/// Puts several runs, experiments and logged models into the trash, or takes them out again; one after the other, each as if it came alone. The first that cannot be found or is refused ends it.
/// </summary>
internal sealed class FillTrash(DeleteRun runs, DeleteExperiment experiments, DeleteLoggedModel models, LiveHub live)
{
    private const int Most = 1_000;

    public static void Map(RouteGroupBuilder trash)
    {
        trash.MapPost("", async (TrashRequest body, Caller caller, FillTrash handler, CancellationToken ct) => (await handler.Handle(caller, body, deleted: true, ct)).ToHttp())
            .WithName("PutIntoTrash").Needs(Permissions.RunsDelete).Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        trash.MapPost("/restore", async (TrashRequest body, Caller caller, FillTrash handler, CancellationToken ct) => (await handler.Handle(caller, body, deleted: false, ct)).ToHttp())
            .WithName("RestoreFromTrash").Needs(Permissions.RunsDelete).Produces(204).ProducesProblem(400).ProducesProblem(404);
    }

    private async Task<Result<Done>> Handle(Caller caller, TrashRequest asked, bool deleted, CancellationToken ct)
    {
        var count = (asked.Runs?.Count ?? 0) + (asked.Experiments?.Count ?? 0) + (asked.LoggedModels?.Count ?? 0);
        if (count is 0 or > Most)
        {
            return Problem.Invalid("runs", $"'runs', 'experiments' and 'loggedModels' have {count} ids together; they must be 1 to {Most}.");
        }

        foreach (var id in asked.Experiments ?? [])
        {
            if (Faults.ExperimentId(id).Fails(out var wrong, out var number)) { return wrong with { Field = "experiments" }; }

            if ((await (deleted ? experiments.Delete(caller, number, ct) : experiments.Restore(caller, number, ct))).Problem is { } problem) { return problem; }
        }

        foreach (var id in asked.Runs ?? [])
        {
            if ((await (deleted ? runs.Delete(caller, id, ct) : runs.Restore(caller, id, ct))).Problem is { } problem) { return problem; }
        }

        foreach (var id in asked.LoggedModels ?? [])
        {
            if ((await (deleted ? models.Delete(caller, id, ct) : models.Restore(caller, id, ct))).Problem is { } problem) { return problem; }
        }

        live.Send(new LiveChange("trash", caller.Workspace, "trash"));
        return Done.Value;
    }
}
