using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Trash;

/// <summary>Puts several runs and experiments into the trash, or takes them out again; one after the other, each as if it came alone. The first that cannot be found or is refused ends it.</summary>
internal sealed class FillTrash(DeleteRun runs, DeleteExperiment experiments, LiveHub live)
{
    private const int Most = 1_000;

    public static void Map(RouteGroupBuilder trash)
    {
        trash.MapPost("", async (TrashRequest body, Caller caller, FillTrash handler, CancellationToken ct) =>
                (await handler.Handle(caller, body, handler.Delete, ct)).ToHttp())
            .WithName("PutIntoTrash").Needs(Permissions.RunsDelete).Produces(204).ProducesProblem(400).ProducesProblem(404);
        trash.MapPost("/restore", async (TrashRequest body, Caller caller, FillTrash handler, CancellationToken ct) =>
                (await handler.Handle(caller, body, handler.Restore, ct)).ToHttp())
            .WithName("RestoreFromTrash").Needs(Permissions.RunsDelete).Produces(204).ProducesProblem(400).ProducesProblem(404);
    }

    private async Task<Result<Done>> Handle(Caller caller, TrashRequest asked, Func<Caller, string?, long, CancellationToken, Task<Result<Done>>> each, CancellationToken ct)
    {
        var count = (asked.Runs?.Count ?? 0) + (asked.Experiments?.Count ?? 0);
        if (count is 0 or > Most)
        {
            return Problem.Invalid("runs", $"'runs' and 'experiments' have {count} ids together; they must be 1 to {Most}.");
        }

        foreach (var id in asked.Experiments ?? [])
        {
            if (Faults.ExperimentId(id).Fails(out var wrong, out var number)) { return wrong with { Field = "experiments" }; }

            if ((await each(caller, null, number, ct)).Problem is { } problem) { return problem; }
        }

        foreach (var id in asked.Runs ?? [])
        {
            if ((await each(caller, id, 0, ct)).Problem is { } problem) { return problem; }
        }

        live.Send(new LiveChange("trash", caller.Workspace, "trash"));
        return Done.Value;
    }

    private Task<Result<Done>> Delete(Caller caller, string? run, long experiment, CancellationToken ct) =>
        run is null ? experiments.Delete(caller, experiment, ct) : runs.Delete(caller, run, ct);

    private Task<Result<Done>> Restore(Caller caller, string? run, long experiment, CancellationToken ct) =>
        run is null ? experiments.Restore(caller, experiment, ct) : runs.Restore(caller, run, ct);
}
