using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.Datasets.Ports;
using Slipway.Identity.Ports;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Definitions;
using Slipway.Pipelines.Files;
using Slipway.Pipelines.Logs;
using Slipway.Pipelines.Ports;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines.Engine;

/// <summary>Takes one step to its end: an earlier result when nothing has changed, else attempts until one succeeds or no more are allowed.</summary>
internal sealed partial class StepRunner(
    Db db, IBlobStore blobs, ReuseCheck reuse, IPrincipals principals, IDatasets datasets, LiveHub live, TimeProvider clock, IOptions<PipelinesOptions> options, ILogger<StepRunner> log) : IDisposable
{
    /// <summary>How often a step may be cut off by the end of the server before it is taken for the cause.</summary>
    private const int MaxCutOff = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _slots = new(options.Value.ParallelSteps);

    /// <returns>The step as it ended.</returns>
    /// <exception cref="OperationCanceledException">The server stops or the run broke off; the step waits for the next process.</exception>
    /// <exception cref="LeaseLostException">Another process drives the run.</exception>
    public async Task<StepRow> Run(
        ClaimedRun claimed, PipelineRun run, PipelineStep step, StepRow row, IReadOnlyDictionary<string, StepValue> inputs, CancellationToken cancel, CancellationToken stop)
    {
        await using var lines = new StepLog(db, live, clock, claimed, run, row.Ordinal);
        var work = new StepWork(claimed, run, step, inputs, Ingredients.Of(step, inputs, run.Files), lines);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stop);
        var trying = false;
        try
        {
            if (row.State == StepState.Running)
            {
                lines.Add($"The server ended during attempt {row.Attempts}; the step is run again.");
                if (row.Attempts - row.Failures >= MaxCutOff)
                {
                    return await Save(work, row, StepState.Failed, new StepProblemView("cut_off", $"The server ended {row.Attempts - row.Failures} times while this step ran, so it is not run again; the server's log may say why."));
                }
            }

            row = row with { Inputs = inputs };
            while (true)
            {
                await _slots.WaitAsync(either.Token);
                try
                {
                    if (row.Attempts == 0)
                    {
                        var decision = await reuse.Decide(run, step, work.Ingredients, either.Token);
                        row = row with { Reuse = decision.View, Outputs = decision.Result?.Outputs ?? row.Outputs, Summary = decision.Result?.Summary ?? row.Summary };
                        if (decision.Result is not null) { return await Save(work, row with { StartedMs = clock.NowMs() }, StepState.Reused, null); }
                    }

                    row = await Save(work, row with { Attempts = row.Attempts + 1, StartedMs = row.StartedMs ?? clock.NowMs() }, StepState.Running, row.Problem);
                    trying = true;
                    var outcome = await Attempt(work, (int)row.Attempts, either.Token);
                    stop.ThrowIfCancellationRequested();
                    trying = false;
                    if (cancel.IsCancellationRequested) { return await Save(work, row, StepState.Cancelled, null); }

                    if (!outcome.Fails(out var problem, out var done)) { return await Save(work, row with { Outputs = done.Outputs, Summary = done.Summary }, StepState.Succeeded, null); }

                    var last = row.Failures >= step.Definition.Retries;
                    lines.Add($"Attempt {row.Attempts} failed: {problem.Detail}");
                    row = await Save(work, row with { Failures = row.Failures + 1 }, last ? StepState.Failed : StepState.Running, new StepProblemView(problem.Code, problem.Detail));
                    if (last) { return row; }
                }
                finally { _slots.Release(); }

                var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << (int)Math.Min(20, row.Failures - 1)));
                lines.Add($"The next attempt begins in {pause.TotalSeconds:0} s; {step.Definition.Retries - row.Failures + 1} left.");
                await Task.Delay(pause, clock, either.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped in good order, so it does not count as an attempt.
            if (trying) { await Save(work, row with { Attempts = row.Attempts - 1 }, StepState.Waiting, row.Problem); }

            throw;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested) { return await Save(work, row, StepState.Cancelled, null); }
    }

    /// <summary>Ends a step that cannot begin.</summary>
    public async Task<StepRow> Fail(ClaimedRun claimed, PipelineRun run, StepRow row, StepProblemView problem)
    {
        var ended = row with { State = StepState.Failed, EndedMs = clock.NowMs(), Problem = problem };
        await db.Write(tx =>
        {
            RunLeases.Check(tx, run.RunId, claimed.Claim);
            StepStore.Save(tx, run.RunId, ended);
        }, CancellationToken.None);
        return ended;
    }

    public void Dispose() => _slots.Dispose();

    private async Task<Result<StepOutcome>> Attempt(StepWork work, int attempt, CancellationToken ct)
    {
        var (run, step) = (work.Run, work.Step);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (step.Definition.TimeoutSeconds is { } seconds) { limit.CancelAfter(TimeSpan.FromSeconds(seconds)); }

        try
        {
            if (await principals.Find(run.ById, run.Workspace, ct) is not { } starter || (starter with { Cap = run.Cap }).Lacks(Permissions.RunsWrite) is not null)
            {
                return Problem.Forbidden($"'{run.ByName}', who started this run, may no longer work in workspace '{run.Workspace}'; somebody who may starts it again.");
            }

            var caller = starter with { Cap = run.Cap, RequestId = run.RunId };
            var files = step.Shape.Files.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => run.Files[name], StringComparer.Ordinal);
            var outcome = await step.Kind.Run(new StepContext(caller, run.Pipeline, run.RunId, step.Definition, work.Inputs, files, attempt, work.Log.Add) { DefinitionDigest = run.DefinitionDigest }, limit.Token);
            return outcome.Fails(out var problem, out var done) ? problem : await Whole(step, done, limit.Token);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { return new Problem(499, "cancelled", "The run was cancelled."); }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new Problem(504, "timed_out", $"The step took longer than its time-out of {step.Definition.TimeoutSeconds} s.");
        }
#pragma warning disable CA1031 // whatever a step throws is that step's end, not the run's
        catch (Exception error)
#pragma warning restore CA1031
        {
            Broke(step.Name, step.Definition.Uses, run.RunId, error);
            return new Problem(500, "internal", error is BlobMissingException or BlobCorruptException or StorageException
                ? error.Message
                : $"The step broke off by a fault of the server ({error.GetType().Name}); the server's log says more under run {run.RunId}.");
        }
    }

    /// <summary>A step gives what it promised, and stored.</summary>
    private async Task<Result<StepOutcome>> Whole(PipelineStep step, StepOutcome done, CancellationToken ct)
    {
        foreach (var (name, type) in step.Shape.Outputs)
        {
            if (!done.Outputs.TryGetValue(name, out var value) || value.Type != type || await blobs.Find(value.Digest, ct) is null)
            {
                return new Problem(500, "output_missing", $"'{step.Definition.Uses}' ended without its output '{name}'; this is a fault of that kind of step.");
            }
        }

        return done;
    }

    private async Task<StepRow> Save(StepWork work, StepRow row, StepState state, StepProblemView? problem)
    {
        var run = work.Run;
        row = row with { State = state, Problem = problem };
        if (row.Ended) { row = row with { EndedMs = clock.NowMs() }; }

        await work.Log.Flush();
        var files = new List<(string Digest, string Name, long SizeBytes)>();
        foreach (var value in state == StepState.Succeeded ? row.Outputs.Values.DistinctBy(value => value.Digest) : [])
        {
            files.Add((value.Digest, value.Name ?? "", (await blobs.Find(value.Digest, CancellationToken.None))?.SizeBytes ?? 0));
        }

        await db.Write(tx =>
        {
            RunLeases.Check(tx, run.RunId, work.Claimed.Claim);
            StepStore.Save(tx, run.RunId, row);
            if (state is StepState.Running or StepState.Reused) { NoteUses(tx, work); }

            if (state == StepState.Succeeded)
            {
                FileStore.Keep(tx, run.Workspace, files, row.EndedMs!.Value);
                ResultStore.Keep(tx, run.Workspace, run.Pipeline, row.Step, Ingredients.Key(work.Ingredients), new StepResult(run.RunId, work.Ingredients, row.Outputs, row.Summary), row.EndedMs.Value);
            }

            tx.AfterCommit(() => live.Send(new LiveChange("pipelineRun", run.Workspace, run.RunId, run.Pipeline)));
        }, CancellationToken.None);
        return row;
    }

    /// <summary>Whose data a step takes: the data's own page names the run from then on, also when the step fails.</summary>
    private void NoteUses(WriteTx tx, StepWork work)
    {
        var starter = new Caller(work.Run.ById, work.Run.ByName, PrincipalKind.System, []) { Workspace = work.Run.Workspace };
        foreach (var digest in work.Inputs.Values.Where(value => value.Type == StepTypes.Dataset).Select(value => value.Digest).Distinct())
        {
            datasets.NoteUse(tx, starter, digest, "pipelineRun", work.Run.RunId, work.Run.Pipeline);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Step} ({Kind}) of run {RunId} broke off")]
    private partial void Broke(string step, string kind, string runId, Exception error);

    private sealed record StepWork(
        ClaimedRun Claimed, PipelineRun Run, PipelineStep Step, IReadOnlyDictionary<string, StepValue> Inputs, SortedDictionary<string, string> Ingredients, StepLog Log);
}
