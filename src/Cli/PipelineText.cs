using Slipway.Pipelines.Contracts;

namespace Slipway.Cli;

/// <summary>A run of a pipeline as lines of text.</summary>
internal static class PipelineText
{
    public static void Print(PipelineRunView run)
    {
        foreach (var line in Lines(run)) { Terminal.Line(line); }
    }

    public static IEnumerable<string> Lines(PipelineRunView run)
    {
        var took = run.EndedMs is { } ended ? $" in {Show.Took(run.StartedMs, ended)}" : "";
        yield return $"{run.Pipeline}: run {run.Id}, started {Show.Time(run.StartedMs)} by {run.ByName}: {State(run.State)}{took}";
        var width = run.Steps.Max(step => step.Name.Length);
        foreach (var step in run.Steps)
        {
            yield return Line(step, width);
            if (step is { State: not StepState.Reused, Reuse: { } reuse }) { yield return $"  {new string(' ', width)}  run because: {reuse.Reason}"; }

            foreach (var (name, output) in step.Outputs) { yield return $"  {new string(' ', width)}  gave {name}: {output.Type}{(output.Name is { } called ? $" {called}" : "")}, SHA-256 {Show.Digest(output.Digest)}"; }
        }
    }

    /// <summary>One step: what became of it, how long it took, and its result or why there is none.</summary>
    public static string Line(PipelineStepView step, int width)
    {
        var took = step is { StartedMs: { } from, EndedMs: { } to, State: not StepState.Reused } ? Show.Took(from, to) : "";
        var said = step.Problem is { } problem && step.State == StepState.Failed ? problem.Detail
            : step.State == StepState.Reused ? step.Reuse?.Reason ?? ""
            : string.Join(", ", step.Summary.Select(figure => $"{figure.Key} {figure.Value}"));
        return $"  {step.Name.PadRight(width)}  {step.State.ToString().ToLowerInvariant(),-9}  {took,7}  {said}".TrimEnd();
    }

    public static bool Ended(StepState state) => state is not (StepState.Waiting or StepState.Running);

    public static string State(PipelineRunState state) => state.ToString().ToLowerInvariant();
}
