using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>A pipeline run as the person sees it who waits for it: where it is, what it says, how to stop it, and what the next one need not do again.</summary>
public sealed class PipelinesTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Pipeline = "nightly";

    private const string Definition = """
        pipeline: nightly
        steps:
          ingest: { uses: ingest, with: { dataset: hmda, file: hmda.csv, contract: hmda.contract.yaml } }
          check: { uses: check, in: { data: ingest.data }, with: { contract: hmda.contract.yaml } }
          split: { uses: split, in: { data: ingest.data }, needs: [check], with: { share: 0.7, seed: 17 } }
          score: { uses: command, in: { rows: split.test }, with: { run: [sh, score.sh], files: [score.sh] } }
        """;

    private const string Slow = "n=0\nwhile [ $n -lt 900 ]; do n=$((n+1)); echo \"batch $n\"; sleep 1; done\n";

    private const string Quick = "echo all batches at once\n";

    [Fact]
    public async Task A_run_is_watched_read_by_its_steps_stopped_and_taken_up_by_the_next_one()
    {
        await using var house = await House.Open("local");
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await page.GotoAsync(house.Url("/w/default"));

        await House.GoByKeys(page, "p", "**/w/default/pipelines");
        await Expect(page.GetByText("No pipeline has run yet")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "pipelines-empty"));

        var first = await SeeItComeLive(page);
        await WatchByKeys(page, first);
        faults.AddRange(await Looks.Faults(page, "pipeline-run"));
        await Stop(page);

        var second = await SeeTheNextWait(page);
        faults.AddRange(await Looks.Faults(page, "pipeline-runs"));
        await ReadWhatWasReused(page, first, second);
        faults.AddRange(await Looks.Faults(page, "pipeline-run-reused"));
        await FollowAnOutput(page);
        await FindItByThePalette(page, second);

        await page.GotoAsync(house.Url("/w/default/pipelines"));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Pipeline, Exact = true })).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "pipelines"));
        await page.GotoAsync(house.Url("/w/default"));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Pipeline runs" })).ToContainTextAsync("4 of 4 steps");
        faults.AddRange(await Looks.Faults(page, "home-with-pipelines"));

        Assert.Empty(faults);
    }

    private static async Task<string> SeeItComeLive(IPage page)
    {
        var loads = await page.EvaluateAsync<double>("performance.timeOrigin");
        var run = await Start(page, Slow);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Pipeline, Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("3 of 4")).ToBeVisibleAsync();
        Assert.Equal(loads, await page.EvaluateAsync<double>("performance.timeOrigin"));
        return run;
    }

    /// <summary>From the list to the run, to the step that runs, to its log, and along the graph.</summary>
    private static async Task WatchByKeys(IPage page, string run)
    {
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/pipeline-runs?pipeline={Pipeline}");
        await Expect(page.GetByText(run[^8..])).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/pipeline-runs/{run}");

        await Expect(page.GetByRole(AriaRole.Status).GetByText("running")).ToBeVisibleAsync();
        await Expect(Step(page, "score")).ToContainTextAsync("running");
        var log = page.GetByRole(AriaRole.Log, new() { Name = "Log of score" });
        await Expect(log).ToContainTextAsync("batch 2");
        await Expect(log).ToContainTextAsync("batch 5");

        await Step(page, "score").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.WaitForURLAsync("**?step=split");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Took in" })).ToContainTextAsync("hmda");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Gave out" })).ToContainTextAsync("train");
        await Expect(page.GetByText("Done anew")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForURLAsync("**?step=score");
        await Expect(log).ToContainTextAsync("batch 2");
    }

    private static async Task Stop(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel run" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("score is stopped");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel run" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Status).GetByText("cancelled")).ToBeVisibleAsync();
        await Expect(Step(page, "score")).ToContainTextAsync("cancelled");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel run" })).ToHaveCountAsync(0);
    }

    /// <summary>In a list that is open, a new run waits until it is asked for.</summary>
    private static async Task<string> SeeTheNextWait(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = Pipeline, Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**/pipeline-runs?pipeline={Pipeline}");
        await Expect(page.GetByText("cancelled")).ToBeVisibleAsync();
        var run = await Start(page, Quick);
        await page.GetByRole(AriaRole.Button, new() { Name = "1 new run" }).ClickAsync();
        await Expect(page.GetByText(run[^8..])).ToBeVisibleAsync();
        await Expect(page.GetByText("4 of 4 · 3 reused")).ToBeVisibleAsync();
        return run;
    }

    private static async Task ReadWhatWasReused(IPage page, string first, string second)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = second[^8..] }).ClickAsync();
        await page.WaitForURLAsync($"**/pipeline-runs/{second}");
        await Expect(page.GetByRole(AriaRole.Status).GetByText("succeeded")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Log, new() { Name = "Log of score" })).ToContainTextAsync("all batches at once");

        await Step(page, "ingest").ClickAsync();
        await Expect(page.GetByText("Reused", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "The run that made it" })).ToHaveAttributeAsync("href", $"/w/default/pipeline-runs/{first}?step=ingest");
    }

    private static async Task FollowAnOutput(IPage page)
    {
        await page.GetByRole(AriaRole.List, new() { Name = "Gave out" }).GetByRole(AriaRole.Link, new() { Name = "hmda version 1" }).ClickAsync();
        await page.WaitForURLAsync("**/datasets/hmda?version=1");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Used by" })).ToContainTextAsync("pipeline run");
    }

    private static async Task FindItByThePalette(IPage page, string run)
    {
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" }).FillAsync(run);
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = Pipeline }).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/pipeline-runs/{run}");
    }

    private static Task<string> Start(IPage page, string script) => House.StartPipeline(
        page, Definition, ("hmda.csv", House.Sample("mortgage/hmda.csv")), ("hmda.contract.yaml", House.Sample("mortgage/hmda.contract.yaml")), ("score.sh", script));

    private static ILocator Title(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>A card of the graph.</summary>
    private static ILocator Step(IPage page, string name) => page.GetByRole(AriaRole.Group, new() { Name = "Steps", Exact = true }).GetByRole(AriaRole.Button, new() { Name = name });
}
