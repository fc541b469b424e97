using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>A monitor as the person reads it whom an alert has called: what moved, how much, whether it is chance, since when, and what was done about it.</summary>
public sealed class MonitoringTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Definition = """
        window: { predictions: 100, maximumAgeSeconds: 3600, minimum: 50 }
        population: { alpha: 0.05, maximumPsi: 0.25 }
        on:
          drift: [haltRollout, requestRetraining]
          envelope: [rollBack]
        """;

    [Fact]
    public async Task A_world_that_changes_is_seen_live_read_by_feature_and_answered()
    {
        await using var house = await House.Open("local");
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await page.GotoAsync(house.Url("/w/default"));
        await House.GoByKeys(page, "w", "**/w/default/monitors");
        await Expect(page.GetByText("No monitor yet")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "monitors-empty"));

        using var production = await Production.Prepare(house, "pipeline.yaml", "challenger.yaml");
        await production.CreateEndpoint();
        await production.Deploy(1, "champion");
        await production.Deploy(2, "canary", 0.2);
        await production.Monitor(Definition);
        await SeeTheFirstWindow(page, production);
        await SeeTheWorldChange(page, production);
        faults.AddRange(await Looks.Faults(page, "monitor"));
        await ReadAFeature(page);
        await ReadTheDefinition(page);
        faults.AddRange(await Looks.Faults(page, "monitor-definition"));

        await SeeThatItNeedsSomebody(page, house);
        await DismissTheRequest(page);
        await CloseTheAlert(page);
        await page.GotoAsync(house.Url("/w/default/monitors"));
        await Expect(page.GetByRole(AriaRole.Grid, new() { Name = "Monitors" })).ToContainTextAsync("no longer as approved");
        faults.AddRange(await Looks.Faults(page, "monitors"));

        Assert.Empty(faults);
    }

    private static async Task SeeTheFirstWindow(IPage page, Production production)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = Production.Endpoint, Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**/monitors/{Production.Endpoint}");
        await production.Predict(160);
        await Expect(Windows(page).GetByRole(AriaRole.Button, new() { NameRegex = new("^Window 1:") })).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Versions" })).ToContainTextAsync("version 2, canary at 20.0 %");
    }

    private static async Task SeeTheWorldChange(IPage page, Production production)
    {
        await production.Predict(280, 1.5, "pirat", "hirat");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Alerts" }).First).ToContainTextAsync("population drifted", new() { Timeout = 60_000 });
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Requests for retraining" })).ToContainTextAsync("asked for", new() { Timeout = 60_000 });
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "no longer as approved" }).First).ToBeVisibleAsync();
        await Expect(page.Locator("canvas").First).ToBeVisibleAsync();
    }

    private static async Task ReadAFeature(IPage page)
    {
        var features = page.GetByLabel("Features by contribution");
        await Expect(features).ToContainTextAsync("drifted");
        await features.GetByRole(AriaRole.Button, new() { Name = "hirat" }).First.ClickAsync();
        await Expect(page.GetByLabel("hirat, then and now")).ToBeVisibleAsync();
        Assert.Contains("feature=hirat", page.Url, StringComparison.Ordinal);
    }

    private static async Task ReadTheDefinition(IPage page)
    {
        await page.GetByRole(AriaRole.Region, new() { Name = "What is armed" }).GetByRole(AriaRole.Button, new() { Name = "YAML" }).ClickAsync();
        await Expect(page.GetByLabel("Definition as YAML")).ToContainTextAsync("requestRetraining");
    }

    private static async Task SeeThatItNeedsSomebody(IPage page, House house)
    {
        await page.GotoAsync(house.Url("/w/default"));
        var needs = page.GetByRole(AriaRole.Region, new() { Name = "Needs you" });
        await Expect(needs).ToContainTextAsync($"The rollout under {Production.Endpoint} is halted");
        await Expect(needs).ToContainTextAsync($"Retraining of {Production.Model} is asked for");
        await needs.GetByRole(AriaRole.Link, new() { NameRegex = new($"open alerts? under {Production.Endpoint}") }).ClickAsync();
        await page.WaitForURLAsync($"**/monitors/{Production.Endpoint}");
    }

    private static async Task DismissTheRequest(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss…" }).First.ClickAsync();
        await Answer(page, "Dismiss", "The data was wrong.");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Requests for retraining" })).ToContainTextAsync("The data was wrong.");
    }

    private static async Task CloseTheAlert(IPage page)
    {
        await page.GetByRole(AriaRole.List, new() { Name = "Alerts" }).First.GetByRole(AriaRole.Button, new() { Name = "Close…" }).First.ClickAsync();
        await Answer(page, "Close alert", "Understood.");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Alerts" }).First).ToContainTextAsync("Understood.");
    }

    private static async Task Answer(IPage page, string verb, string reason)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private static LocatorAssertionsToBeVisibleOptions Patiently => new() { Timeout = 60_000 };

    private static ILocator Windows(IPage page) => page.GetByRole(AriaRole.Group, new() { Name = "Windows, newest first" });
}
