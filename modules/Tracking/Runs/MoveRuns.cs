using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Inputs;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Runs;

/// <summary>
/// Moves active runs to another active experiment of the workspace, all of them or none, with the models they logged where they were. A run keeps its id, everything that was logged to it, and the address of
/// its artifacts. It is gone from where it was, so that takes the permission to delete there.
/// </summary>
internal sealed class MoveRuns(Db db, IGate gate, Numbers numbers, LiveHub live)
{
    private const int Most = 1_000;
    private const int SpareNumbers = 100;
    private static readonly string[] TablesByRun = ["tracking_runs", "tracking_metric_latest", "tracking_params", "tracking_tags"];

    public static void Map(RouteGroupBuilder runs) => runs
        .MapPost("/move", async (MoveRunsRequest body, Caller caller, MoveRuns handler, CancellationToken ct) => (await handler.Handle(caller, body, ct)).ToHttp())
        .WithName(nameof(MoveRuns)).Needs(Permissions.RunsDelete)
        .Produces<MovedRuns>().ProducesProblem(400).ProducesProblem(404);

    private async Task<Result<MovedRuns>> Handle(Caller caller, MoveRunsRequest asked, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.RunsDelete) ?? caller.Lacks(Permissions.RunsWrite)) is { } denied) { return denied; }

        if (asked.RunIds.Count is 0 or > Most) { return Problem.Invalid("runIds", $"'runIds' has {asked.RunIds.Count} ids; they must be 1 to {Most}."); }

        if (Faults.ExperimentId(asked.ExperimentId).Fails(out var wrong, out var target)) { return wrong with { Field = "experimentId" }; }

        string[] ids = [.. asked.RunIds.Distinct(StringComparer.Ordinal)];
        var policy = "";
        foreach (var id in ids)
        {
            if ((await gate.Ask(
                db, caller, Actions.RunMove, $"run/{id}", tx => RunStore.Find(tx, caller, Permissions.RunsDelete, id),
                _ => new Dictionary<string, string> { ["experiment"] = asked.ExperimentId }, ct)).Fails(out var refused, out policy)) { return refused; }
        }

        // Numbers are taken outside: a transaction has no input but itself. Some more, for what is logged until then.
        var used = await db.Read(tx => MovedDatasets.Of(tx, [.. ids.Select(id => RunStore.FindForServer(tx, caller.Workspace, id)?.Key ?? 0)], target), ct);
        var fresh = new List<long>();
        for (var i = 0; i < used.Count + SpareNumbers; i++) { fresh.Add(await numbers.Next("input", ct)); }

        return (await db.Append(tx => Move(tx, caller, ids, target, fresh, policy), ct)).Then(moved => new MovedRuns(moved));
    }

    /// <summary>
    /// An append, since it holds all that it looks at: the target is active until it has ended, and what was being logged to the runs is there (<see cref="RunStore.FindAndHold"/>) or waits, and is then
    /// written where the run is. As a serialisable write it would lose against a run that is logged to all the time.
    /// </summary>
    private Result<int> Move(WriteTx tx, Caller caller, string[] ids, long target, List<long> fresh, string policy)
    {
        ExperimentStore.Hold(tx, caller.Workspace, target);
        if (ExperimentStore.FindWithoutTags(tx, caller, Permissions.RunsWrite, target).Fails(out var noTarget, out var experiment)) { return noTarget; }

        if (experiment.Deleted) { return Faults.NotActive("experiment", $"{target}"); }

        RunStore.HoldAlone(tx, caller.Workspace, ids);
        var moved = new List<Run>(ids.Length);
        foreach (var id in ids)
        {
            if (RunStore.Find(tx, caller, Permissions.RunsDelete, id).Fails(out var missing, out var run)) { return missing; }

            if (run.Deleted) { return Faults.NotActive("run", id); }

            if (run.ExperimentId != target) { moved.Add(run); }
        }

        long[] keys = [.. moved.Select(run => run.Key)];
        if (!MovedDatasets.Follow(tx, keys, target, fresh)) { return Problem.Conflict("changed_meanwhile", $"The runs were given more than {SpareNumbers} datasets while they were moved; try again."); }

        foreach (var table in TablesByRun)
        {
            tx.Execute($"UPDATE {Kernel.Search.Comparisons.Literal(table)} SET experiment_id = {target} WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})");
        }

        foreach (var from in moved.GroupBy(run => run.ExperimentId, run => run.RunId))
        {
            // A run may also be the source of a model in another experiment; that one stays there.
            tx.Execute(
                $"""
                UPDATE tracking_models SET experiment_id = {target}
                WHERE workspace = {caller.Workspace} AND experiment_id = {from.Key} AND source_run_id IN (SELECT value FROM {tx.Dialect.TextList([.. from])})
                """);
        }

        foreach (var run in moved)
        {
            tx.Audit(caller, Actions.RunMove, $"run/{run.RunId}", run, run with { ExperimentId = target }, policy: policy);
            tx.Publish(caller, new RunMoved(caller.Workspace, run.RunId, run.ExperimentIdText, experiment.IdText));
        }

        tx.AfterCommit(() =>
        {
            foreach (var run in moved) { live.Send(new LiveChange("run", caller.Workspace, run.RunId, experiment.IdText)); }
        });
        return moved.Count;
    }
}
