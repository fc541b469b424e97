using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Artifacts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Runs;

/// <summary>The port for later rooms: puts the module's own use cases together.</summary>
internal sealed class WriteRuns(
    Db db, TimeProvider clock, CreateExperiment experiments, CreateRun create, UpdateRun update, LogMetrics log, PutArtifact put) : IRuns
{
    private const string OriginTag = "slipway.origin";

    public async Task<Result<StartedRun>> Start(Caller caller, NewRun run, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (run.Origin.Length is 0 or > 100) { return Problem.Invalid("origin", $"An origin has 1 to 100 characters; '{run.Origin}' has {run.Origin.Length}."); }

        if ((await ExperimentOf(caller, run.Experiment, ct)).Fails(out var problem, out var experiment)) { return problem; }

        var known = await db.Read(tx => RunStore.FindByTag(tx, caller.Workspace, experiment.Id, OriginTag, run.Origin), ct);
        if (known is not null) { return new StartedRun(known.RunId, experiment.IdText, known.Name); }

        KeyValuePair<string, string>[] tags = [.. run.Tags, new(OriginTag, run.Origin)];
        return (await create.Handle(caller, experiment.IdText, run.Name, caller.Name, clock.NowMs(), tags, null, ct)).Then(made => new StartedRun(made.Run.RunId, made.Run.ExperimentIdText, made.Run.Name));
    }

    public Task<Result<Done>> Log(Caller caller, string runId, RunEntries entries, CancellationToken ct)
    {
        var now = clock.NowMs();
        return log.Handle(caller, runId, new LogBatch(
            [.. entries.Metrics.Select(metric => (metric.Key, new List<MetricPoint> { new(now, 0, MetricPoint.Clamp(metric.Value)) }))], [.. entries.Params], [.. entries.Tags]), ct);
    }

    public async Task<Result<string>> Put(Caller caller, string runId, string path, Stream content, CancellationToken ct) =>
        (await put.Handle(caller, runId, path, content, ct)).Then(artifact => artifact.Digest);

    public async Task<Result<Done>> Finish(Caller caller, string runId, CancellationToken ct)
    {
        var ended = await db.Read(tx => RunStore.Find(tx, caller, Permissions.RunsWrite, runId).Then(run => run is { HasEnded: true, Deleted: false }), ct);
        return ended is { Problem: null, Value: true } ? Done.Value : (await update.Handle(caller, runId, RunStatus.Finished, clock.NowMs(), null, ct)).Then(_ => Done.Value);
    }

    public async Task<Result<int>> Abandon(Caller caller, string origin, bool failed, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        var open = await db.Read(tx => RunStore.OpenOf(tx, caller.Workspace, origin), ct);
        foreach (var runId in open)
        {
            var ended = await update.Handle(caller, runId, failed ? RunStatus.Failed : RunStatus.Killed, clock.NowMs(), null, ct);
            if (ended.Problem is { } problem) { return problem; }
        }

        return open.Count;
    }

    private async Task<Result<Experiment>> ExperimentOf(Caller caller, string name, CancellationToken ct)
    {
        if (!(await Named(caller, name, ct)).Fails(out var missing, out var found))
        {
            return found.Deleted ? Problem.Conflict("experiment_deleted", $"The experiment '{name}' was deleted; restore it or name another.") : found;
        }

        if (missing is not { Status: 404, Hidden: false }) { return missing; }

        var made = await experiments.Handle(caller, name, null, [], ct);
        // Somebody else may have made it meanwhile.
        return made.Problem?.Code != MlflowFaults.AlreadyExists ? made : await Named(caller, name, ct);
    }

    private Task<Result<Experiment>> Named(Caller caller, string name, CancellationToken ct) =>
        db.Read(tx => ExperimentStore.FindByName(tx, caller, Permissions.RunsWrite, name), ct);
}
