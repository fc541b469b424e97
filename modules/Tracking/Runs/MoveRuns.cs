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
/// Moves active runs to another active experiment of the workspace, all of them or none, with the models they logged. A run keeps its id, everything that was logged to it, and the address of its artifacts.
/// </summary>
internal sealed class MoveRuns(Db db, IGate gate, Numbers numbers, LiveHub live)
{
    private const int Most = 1_000;

    private static readonly string[] TablesByRun = ["tracking_runs", "tracking_metric_latest", "tracking_params", "tracking_tags"];

    public static void Map(RouteGroupBuilder runs) => runs
        .MapPost("/move", async (MoveRunsRequest body, Caller caller, MoveRuns handler, CancellationToken ct) => (await handler.Handle(caller, body, ct)).ToHttp())
        .WithName(nameof(MoveRuns)).Needs(Permissions.RunsWrite)
        .Produces<MovedRuns>().ProducesProblem(400).ProducesProblem(404);

    private async Task<Result<MovedRuns>> Handle(Caller caller, MoveRunsRequest asked, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (asked.RunIds.Count is 0 or > Most) { return Problem.Invalid("runIds", $"'runIds' has {asked.RunIds.Count} ids; they must be 1 to {Most}."); }

        if (Faults.ExperimentId(asked.ExperimentId).Fails(out var wrong, out var target)) { return wrong with { Field = "experimentId" }; }

        string[] ids = [.. asked.RunIds.Distinct(StringComparer.Ordinal)];
        var policy = "";
        foreach (var id in ids)
        {
            var answer = await gate.Ask(caller, Actions.RunMove.Name, $"run/{id}", new Dictionary<string, string> { ["experiment"] = asked.ExperimentId }, ct);
            if (answer.Refusal is { } refusal) { return refusal; }

            policy = answer.Policy;
        }

        // Numbers are taken outside: a transaction has no input but itself.
        var datasets = new Dictionary<long, long>();
        foreach (var key in await db.Read(tx => MovedDatasets.Of(tx, [.. ids.Select(id => RunStore.FindForServer(tx, caller.Workspace, id)?.Key ?? 0)], target), ct))
        {
            datasets[key] = await numbers.Next("input", ct);
        }

        var moved = await db.Write(tx => Move(tx, caller, ids, target, datasets, policy), ct);
        if (moved.Fails(out var problem, out var keys)) { return problem; }

        // On PostgreSQL, what was being logged beside this could still be written under the old experiment.
        if (keys.Length > 0) { await db.Write(tx => Point(tx, keys, target), ct); }

        return new MovedRuns(keys.Length);
    }

    private Result<long[]> Move(WriteTx tx, Caller caller, string[] ids, long target, Dictionary<long, long> datasets, string policy)
    {
        if (ExperimentStore.FindWithoutTags(tx, caller, Permissions.RunsWrite, target).Fails(out var noTarget, out var experiment)) { return noTarget; }

        if (experiment.Deleted) { return Faults.NotActive("experiment", $"{target}"); }

        var moved = new List<Run>(ids.Length);
        foreach (var id in ids)
        {
            if (RunStore.Find(tx, caller, Permissions.RunsWrite, id).Fails(out var missing, out var run)) { return missing; }

            if (run.Deleted) { return Faults.NotActive("run", id); }

            if (run.ExperimentId != target) { moved.Add(run); }
        }

        long[] keys = [.. moved.Select(run => run.Key)];
        if (!MovedDatasets.Follow(tx, keys, target, datasets)) { return Problem.Conflict("changed_meanwhile", "A run was given a dataset while it was moved; try again."); }

        Point(tx, keys, target);
        tx.Execute($"UPDATE tracking_models SET experiment_id = {target} WHERE source_run_id IN (SELECT value FROM {tx.Dialect.TextList([.. moved.Select(run => run.RunId)])}) AND workspace = {caller.Workspace}");
        foreach (var run in moved)
        {
            tx.Audit(caller, Actions.RunMove, $"run/{run.RunId}", run, run with { ExperimentId = target }, policy: policy);
            tx.Publish(caller, new RunMoved(caller.Workspace, run.RunId, run.ExperimentIdText, experiment.IdText));
        }

        tx.AfterCommit(() =>
        {
            foreach (var run in moved) { live.Send(new LiveChange("run", caller.Workspace, run.RunId, experiment.IdText)); }
        });
        return keys;
    }

    private static void Point(WriteTx tx, long[] keys, long target)
    {
        foreach (var table in TablesByRun)
        {
            tx.Execute(
                $"""
                UPDATE {Kernel.Search.Comparisons.Literal(table)} SET experiment_id = {target}
                WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)}) AND experiment_id <> {target}
                """);
        }
    }
}
