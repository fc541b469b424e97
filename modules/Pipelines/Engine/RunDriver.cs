using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Definitions;
using Slipway.Pipelines.Ports;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines.Engine;

/// <summary>Drives one run to its end: begins each step when those before it are done, and goes on where an earlier process has stopped.</summary>
internal sealed partial class RunDriver(Db db, DefinitionReader definitions, StepRunner runner, LiveHub live, ILogger<RunDriver> log)
{
    /// <param name="cancel">Somebody cancels the run.</param>
    /// <param name="stop">The server stops: the run is let go as it is, for the next process.</param>
    public async Task Drive(ClaimedRun claimed, CancellationToken cancel, CancellationToken stop)
    {
        try
        {
            var (run, text, steps) = await db.Read(tx =>
            {
                var run = RunStore.Find(tx, claimed.Workspace, claimed.RunId)!;
                return (run, RunStore.Definition(tx, run.Workspace, run.DefinitionDigest)!, StepStore.Of(tx, run.RunId));
            }, stop);
            var faults = new List<PipelineFaultView>();
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (run.CancelMs is not null) { await cancelled.CancelAsync(); }

            live.Send(new LiveChange("pipelineRun", run.Workspace, run.RunId, run.Pipeline));
            var drive = new Course(claimed, run, definitions.Read(text, faults), faults, steps, cancelled.Token, stop);
            await Run(drive);
            await End(drive);
        }
        catch (LeaseLostException lost) { Taken(lost.Message); }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { await LetGo(claimed, TimeSpan.Zero); }
    }

    private async Task Run(Course drive)
    {
        var running = new Dictionary<int, Task<StepRow>>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(drive.Stop);
        try
        {
            while (true)
            {
                drive.Stop.ThrowIfCancellationRequested();
                foreach (var i in drive.Ready().Where(i => !running.ContainsKey(i)).ToList()) { running[i] = RunStep(drive, i, stop.Token); }

                if (running.Count == 0) { return; }

                await Task.WhenAny(running.Values);
                foreach (var (i, task) in running.Where(entry => entry.Value.IsCompleted).ToList())
                {
                    running.Remove(i);
                    drive.Steps[i] = await task;
                }
            }
        }
        finally
        {
            // Whatever still runs here does so because the run broke off, its lease lost or its database gone. Not before each has seen the end: two of a run must never be driven by two.
            await stop.CancelAsync();
            await Task.WhenAll(running.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private Task<StepRow> RunStep(Course drive, int i, CancellationToken stop)
    {
        var row = drive.Steps[i];
        if (drive.Definition is null)
        {
            return runner.Fail(drive.Claimed, drive.Run, row, new StepProblemView(
                "definition_not_taken", $"This server no longer takes the definition: {string.Join(" ", drive.Faults.Take(3).Select(fault => fault.Detail))} Start a new run."));
        }

        var step = drive.Definition.Steps[i];
        var inputs = step.Definition.Inputs.ToDictionary(input => input.Key, input => drive.Output(input.Value), StringComparer.Ordinal);
        return runner.Run(drive.Claimed, drive.Run, step, row, inputs, drive.Cancel, stop);
    }

    /// <summary>What never began is skipped or cancelled, and the run has its verdict.</summary>
    private Task End(Course drive) => db.Write(tx =>
    {
        RunLeases.Check(tx, drive.Run.RunId, drive.Claimed.Claim);
        var cancelled = drive.Cancel.IsCancellationRequested;
        foreach (var row in drive.Steps.Where(row => row.State == StepState.Waiting))
        {
            StepStore.Save(tx, drive.Run.RunId, row with { State = cancelled ? StepState.Cancelled : StepState.Skipped });
        }

        var state = drive.Steps.All(row => row.Done) ? PipelineRunState.Succeeded
            : cancelled && !drive.Steps.Any(row => row.State == StepState.Failed) ? PipelineRunState.Cancelled : PipelineRunState.Failed;
        var now = tx.Clock.NowMs();
        RunStore.End(tx, drive.Run.RunId, state, now);
        tx.Publish(
            new Caller(drive.Run.ById, drive.Run.ByName, PrincipalKind.System, []),
            new PipelineRunFinished(drive.Run.Workspace, drive.Run.RunId, drive.Run.Pipeline, drive.Run.DefinitionDigest, state.ToString().ToLowerInvariant(), now));
        tx.AfterCommit(() => live.Send(new LiveChange("pipelineRun", drive.Run.Workspace, drive.Run.RunId, drive.Run.Pipeline)));
    }, CancellationToken.None);

    /// <summary>Gives the lease back, when it still is ours; the next may take it after the pause.</summary>
    public async Task LetGo(ClaimedRun claimed, TimeSpan pause)
    {
        try
        {
            await db.Write(tx =>
            {
                RunLeases.Check(tx, claimed.RunId, claimed.Claim);
                RunLeases.Release(tx, claimed.RunId, pause > TimeSpan.Zero ? tx.Clock.NowMs() + (long)pause.TotalMilliseconds : 0);
            }, CancellationToken.None);
        }
        catch (LeaseLostException lost) { Taken(lost.Message); }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{What}")]
    private partial void Taken(string what);

    /// <summary>What is known of a run while it is driven; <see cref="Steps"/> is in the order of the definition.</summary>
    private sealed record Course(
        ClaimedRun Claimed, PipelineRun Run, PipelineDefinition? Definition, List<PipelineFaultView> Faults, List<StepRow> Steps, CancellationToken Cancel, CancellationToken Stop)
    {
        private readonly Dictionary<string, int> _places = Steps.Select((row, i) => (row.Step, i)).ToDictionary(entry => entry.Step, entry => entry.i, StringComparer.Ordinal);

        /// <summary>Steps that can begin, or were cut off: a step that was running when a process ended is run again.</summary>
        public IEnumerable<int> Ready() => Enumerable.Range(0, Steps.Count).Where(i => !Steps[i].Ended
            && (Steps[i].State == StepState.Running || (!Cancel.IsCancellationRequested && Steps[i].Needs.All(need => Steps[_places[need]].Done))));

        public StepValue Output(StepReference reference) => Steps[_places[reference.Step]].Outputs[reference.Output];
    }
}
