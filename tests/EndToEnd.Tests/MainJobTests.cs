using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>From a CSV file to a registered, evaluated model version: by the command line, then looked at in the browser.</summary>
public sealed class MainJobTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Model = "mortgage-scorecard";

    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "samples", "mortgage");

    [Fact]
    public async Task From_a_file_to_a_registered_version()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-e2e-").FullName;
        try
        {
            await using var server = await ServerProcess.Start(folder);
            var terminal = new Terminal(server.BaseAddress);
            await ByCommandLine(terminal);

            var page = await chromium.NewPerson();
            var faults = await InTheBrowser(page, path => new Uri(server.BaseAddress, path).ToString());

            Assert.Empty(faults);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task ByCommandLine(Terminal terminal)
    {
        var contract = Path.Combine(Sample, "hmda.contract.yaml");
        var added = await terminal.Type(0, "dataset", "add", "hmda", Path.Combine(Sample, "hmda.csv"), "--contract", contract);
        Assert.Contains("2,380", added, StringComparison.Ordinal);
        var refused = await terminal.Type(1, "dataset", "check", "hmda", Path.Combine(Sample, "hmda-percent.csv"));
        Assert.Contains("factor 100", refused, StringComparison.Ordinal);

        var pipeline = Path.Combine(Sample, "pipeline.yaml");
        await terminal.Type(0, "pipeline", "run", pipeline, "--watch");
        var again = await terminal.Type(0, "pipeline", "run", pipeline, "--watch");
        Assert.Contains("reused", again, StringComparison.Ordinal);

        Assert.Contains(Model, await terminal.Type(0, "model", "list"), StringComparison.Ordinal);
        Assert.Contains("insurance", await terminal.Type(0, "model", "show", Model, "1"), StringComparison.Ordinal);
    }

    /// <summary>From the models to the version, to the run of the pipeline that made it, and to the data that went in.</summary>
    private static async Task<List<string>> InTheBrowser(IPage page, Func<string, string> url)
    {
        var faults = new List<string>();
        await page.GotoAsync(url("/w/default/models"));
        await page.GetByRole(AriaRole.Link, new() { Name = "version 1" }).ClickAsync();
        await page.WaitForURLAsync($"**/models/{Model}/versions/1");
        var card = page.GetByRole(AriaRole.Article, new() { Name = "Model card" });
        await Expect(card.GetByRole(AriaRole.List, new() { Name = "Findings" })).ToContainTextAsync("insurance");
        await Expect(card).ToContainTextAsync("afam");
        await Expect(card).Not.ToContainTextAsync("not recorded");
        faults.AddRange(await Looks.Faults(page, "main-job-version"));

        await page.Locator("a[href*='/pipeline-runs/']").First.ClickAsync();
        await page.WaitForURLAsync("**/pipeline-runs/*");
        await Expect(page.GetByRole(AriaRole.Status).GetByText("succeeded")).ToBeVisibleAsync();
        var steps = page.GetByRole(AriaRole.Group, new() { Name = "Steps", Exact = true });
        await steps.GetByRole(AriaRole.Button, new() { Name = "evaluate" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log, new() { Name = "Log of evaluate" })).ToContainTextAsync("713");
        faults.AddRange(await Looks.Faults(page, "main-job-run"));

        await steps.GetByRole(AriaRole.Button, new() { Name = "ingest" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "hmda version 1" }).First.ClickAsync();
        await page.WaitForURLAsync("**/datasets/hmda?version=1");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Used by" })).ToContainTextAsync($"{Model} version 1");
        faults.AddRange(await Looks.Faults(page, "main-job-dataset"));
        return faults;
    }
}
