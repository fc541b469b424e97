using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Runs;

/// <summary>Starts a run in an active experiment. Its name also stands in the tag <c>mlflow.runName</c>, always.</summary>
internal sealed class CreateRun(Db db, Numbers numbers, TimeProvider clock, DefaultExperiment defaults, LiveHub live)
{
    private const string Once = "run.create";

    /// <param name="name">Null or empty = the tag's value, else a made-up one.</param>
    /// <param name="once">The same key again gives the run that was made under it.</param>
    public async Task<Result<RunWithData>> Handle(
        Caller caller, string experimentId, string? name, string userId, long startMs, IReadOnlyList<KeyValuePair<string, string>> tags, IdempotencyKey? once, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (Faults.ExperimentId(experimentId).Fails(out var invalid, out var experimentNumber)) { return invalid; }

        if (RunTags.Check(tags).Fails(out invalid, out var checkedTags)) { return invalid; }

        var tagged = checkedTags.LastOrDefault(tag => tag.Key == RunTags.Name).Value;
        if (!string.IsNullOrEmpty(name) && !string.IsNullOrEmpty(tagged) && name != tagged)
        {
            return Problem.Invalid("run_name", $"Both 'run_name' argument and '{RunTags.Name}' tag are specified, but with different values (run_name='{name}', {RunTags.Name}='{tagged}').");
        }

        await defaults.Ensure(caller.Workspace, ct);
        var runId = Ids.New(clock);
        var shown = KeyRules.Cut(First(name, tagged) ?? RunNames.FromSeed(RunNames.Seed(runId)), ValueLimits.RunTagValueChars);
        KeyValuePair<string, string>[] allTags = [.. checkedTags.Where(tag => tag.Key != RunTags.Name), new(RunTags.Name, shown)];
        var key = await numbers.Next("run", ct);

        Result<RunWithData> Work(WriteTx tx)
        {
            if (once is not null)
            {
                if (tx.Made(caller, Once, once).Fails(out var reused, out var made)) { return reused; }

                if (made is not null) { return RunStore.Find(tx, caller, Permissions.RunsWrite, made).Then(there => RunStore.Load(tx, [there.Key])[0]); }
            }

            if (ExperimentStore.FindWithoutTags(tx, caller, Permissions.RunsWrite, experimentNumber).Fails(out var missing, out var experiment)) { return missing; }

            if (experiment.Deleted) { return Faults.NotActive("experiment", experimentId); }

            var run = new Run(
                key, runId, experimentNumber, shown, userId, RunStatus.Running, startMs, null, false, ArtifactLocation.OfRun(experiment.ArtifactLocation, runId));
            RunStore.Insert(tx, caller.Workspace, run);
            RunStore.SetTags(tx, run, allTags);
            tx.Publish(caller, new RunStarted(caller.Workspace, runId, run.ExperimentIdText, shown));
            tx.AfterCommit(() => live.Send(new LiveChange("run", caller.Workspace, runId, run.ExperimentIdText)));
            if (once is not null) { tx.Keep(caller, Once, once, runId); }

            var started = new RunWithData(run);
            started.Tags.AddRange(allTags.Select(tag => (tag.Key, tag.Value)));
            return started;
        }

        // Who asks for the key's run looks before writing.
        return once is null ? await db.Append(experimentId, Work, ct) : await db.Write(Work, ct);
    }

    private static string? First(string? name, string? tagged) =>
        !string.IsNullOrEmpty(name) ? name : !string.IsNullOrEmpty(tagged) ? tagged : null;
}
