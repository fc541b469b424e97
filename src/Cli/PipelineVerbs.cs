using System.CommandLine;
using Slipway.Client;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Cli;

/// <summary>Pipelines: run one from a definition on this machine, see which there are, look into a run, read a log, end a run.</summary>
internal static class PipelineVerbs
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static Command Create() => new("pipeline", "Runs pipelines and shows their runs.") { Run(), List(), Detail(), Log(), Cancel() };

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

    private static Command List()
    {
        var pipeline = new Argument<string?>("PIPELINE") { Description = "Name of a pipeline, for its newest runs; without it, all pipelines", Arity = ArgumentArity.ZeroOrOne };
        return new Command("list", "Lists the pipelines, or the newest runs of one.") { pipeline }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            if (parsed.GetValue(pipeline) is { } name)
            {
                // The newest page is enough for reading; programs page by themselves.
                var runs = await client.Get<Page<PipelineRunSummary>>($"{workspace}/pipeline-runs?pipeline={Uri.EscapeDataString(name)}", ct);
                if (!parsed.Json(runs)) { RunTable(runs.Items, $"There are no runs of a pipeline '{name}'."); }

                return 0;
            }

            var pipelines = await client.All<PipelineView>($"{workspace}/pipelines", ct);
            if (parsed.Json(pipelines)) { return 0; }

            if (pipelines.Count == 0) { Terminal.Line("No pipeline has been run in this workspace."); }
            else
            {
                TextTable.Print(
                    ["PIPELINE", "RUNS", "LAST RUN", "STATE", "STARTED", "BY"],
                    [.. pipelines.Select(one => (IReadOnlyList<string?>)[one.Name, Show.Count(one.Runs), one.Latest.Id, PipelineText.State(one.Latest.State), Show.Time(one.Latest.StartedMs), one.Latest.ByName])],
                    1);
            }

            return 0;
        });
    }

    private static Command Detail()
    {
        var runId = RunId();
        return new Command("show", "Shows a run: each step with its result, or why there is none.") { runId }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var run = await client.Get<PipelineRunView>($"{workspace}/pipeline-runs/{Uri.EscapeDataString(parsed.GetValue(runId)!)}", ct);
            if (!parsed.Json(run)) { PipelineText.Print(run); }

            return 0;
        });
    }

    private static Command Log()
    {
        var (runId, step) = (RunId(), new Argument<string>("STEP") { Description = "Name of the step" });
        var follow = new Option<bool>("--follow") { Description = "Stay until the step has ended, and print each line as it comes" };
        return new Command("log", "Prints the log of a step.") { runId, step, follow }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var path = $"{workspace}/pipeline-runs/{Uri.EscapeDataString(parsed.GetValue(runId)!)}/steps/{Uri.EscapeDataString(parsed.GetValue(step)!)}/log";
            var from = 0L;
            while (true)
            {
                var page = await client.Get<StepLogView>($"{path}?from={from}", ct);
                foreach (var line in page.Lines)
                {
                    if (!parsed.Json(line)) { Terminal.Line($"{Show.Clock(line.AtMs)}  {line.Text}"); }
                }

                if (page.Ended || (page.Lines.Count == 0 && !parsed.GetValue(follow))) { return 0; }

                from = page.Next;
                if (page.Lines.Count == 0) { await Task.Delay(Pause, ct); }
            }
        });
    }

    private static Command Cancel()
    {
        var runId = RunId();
        return new Command("cancel", "Asks for a run to end: what runs is stopped, what waits never begins.") { runId }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var run = await client.Post<object, PipelineRunView>($"{workspace}/pipeline-runs/{Uri.EscapeDataString(parsed.GetValue(runId)!)}/cancel", new(), ct);
            if (!parsed.Json(run)) { Terminal.Line($"{run.Pipeline}: run {run.Id} is being cancelled."); }

            return 0;
        });
    }

    private static Argument<string> RunId() => new("RUN") { Description = "Id of the run" };

    private static void RunTable(IReadOnlyList<PipelineRunSummary> runs, string none)
    {
        if (runs.Count == 0)
        {
            Terminal.Line(none);
            return;
        }

        TextTable.Print(
            ["RUN", "STATE", "STARTED", "TOOK", "BY"],
            [.. runs.Select(run => (IReadOnlyList<string?>)[run.Id, PipelineText.State(run.State), Show.Time(run.StartedMs), run.EndedMs is { } ended ? Show.Took(run.StartedMs, ended) : "-", run.ByName])],
            3);
    }

    private static async Task<PipelineRunView> Watch(SlipwayClient client, string workspace, PipelineRunView run, bool quiet, CancellationToken ct)
    {
        if (!quiet) { Terminal.Line($"{run.Pipeline}: run {run.Id}: {Page(client, workspace, run)}"); }

        var told = new HashSet<string>();
        var width = run.Steps.Max(step => step.Name.Length);
        await foreach (var now in client.WatchPipelineRun(workspace, run.Id, ct))
        {
            run = now;
            foreach (var step in now.Steps.Where(step => PipelineText.Ended(step.State) && told.Add(step.Name)))
            {
                if (!quiet) { Terminal.Line(PipelineText.Line(step, width)); }
            }
        }

        if (!quiet) { Terminal.Line($"{PipelineText.State(run.State)} in {Show.Took(run.StartedMs, run.EndedMs ?? run.StartedMs)}"); }

        return run;
    }

    private static string Page(SlipwayClient client, string workspace, PipelineRunView run) => new Uri(client.Server, $"/w/{Uri.EscapeDataString(workspace)}/pipeline-runs/{run.Id}").ToString();
}
