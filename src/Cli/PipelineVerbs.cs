using System.CommandLine;
using Slipway.Client;
using Slipway.Pipelines.Contracts;

namespace Slipway.Cli;

/// <summary>Runs pipelines from a definition on this machine.</summary>
internal static class PipelineVerbs
{
    public static Command Create() => new("pipeline", "Runs pipelines.") { Run() };

    private static Command Run()
    {
        var definition = new Argument<string>("FILE") { Description = "The definition (YAML); the files that it names are taken from beside it" };
        var watch = new Option<bool>("--watch") { Description = "Stay, print each step as it ends, and exit with 1 when the run fails" };
        var force = new Option<string[]>("--force") { Description = "Name of a step whose earlier results are not taken; * = all; may be given again" };
        return new Command("run", "Starts a run; it goes on when this command is ended.") { definition, watch, force }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var name = parsed.GetValue(Verb.Workspace)!;
            var forced = parsed.GetValue(force) is { Length: > 0 } steps ? steps : null;
            var run = await client.StartPipelineRun(name, parsed.GetValue(definition)!, forced, ct);
            if (!parsed.GetValue(watch))
            {
                if (!parsed.Json(run)) { Terminal.Line($"{run.Pipeline}: run {run.Id} has started: {Page(client, name, run)}"); }

                return 0;
            }

            var last = await Watch(client, name, run, parsed.GetValue(Verb.AsJson), ct);
            parsed.Json(last);
            return last.State == PipelineRunState.Succeeded ? 0 : 1;
        });
    }

    private static async Task<PipelineRunView> Watch(SlipwayClient client, string workspace, PipelineRunView run, bool quiet, CancellationToken ct)
    {
        if (!quiet) { Terminal.Line($"{run.Pipeline}: run {run.Id}: {Page(client, workspace, run)}"); }

        var told = new HashSet<string>();
        var width = run.Steps.Max(step => step.Name.Length);
        await foreach (var now in client.WatchPipelineRun(workspace, run.Id, ct))
        {
            run = now;
            foreach (var step in now.Steps.Where(step => Ended(step.State) && told.Add(step.Name)))
            {
                if (!quiet) { Terminal.Line(Line(step, width)); }
            }
        }

        if (!quiet) { Terminal.Line($"{run.State.ToString().ToLowerInvariant()} in {Show.Took(run.StartedMs, run.EndedMs ?? run.StartedMs)}"); }

        return run;
    }

    /// <summary>One step that has ended: what became of it, how long it took, and its result or why there is none.</summary>
    internal static string Line(PipelineStepView step, int width)
    {
        var took = step is { StartedMs: { } from, EndedMs: { } to, State: not StepState.Reused } ? Show.Took(from, to) : "";
        var said = step.Problem is { } problem && step.State == StepState.Failed ? problem.Detail
            : step.State == StepState.Reused ? step.Reuse?.Reason ?? ""
            : string.Join(", ", step.Summary.Select(figure => $"{figure.Key} {figure.Value}"));
        return $"  {step.Name.PadRight(width)}  {step.State.ToString().ToLowerInvariant(),-9}  {took,7}  {said}".TrimEnd();
    }

    private static bool Ended(StepState state) => state is not (StepState.Waiting or StepState.Running);

    private static string Page(SlipwayClient client, string workspace, PipelineRunView run) => new Uri(client.Server, $"/w/{Uri.EscapeDataString(workspace)}/pipeline-runs/{run.Id}").ToString();
}
