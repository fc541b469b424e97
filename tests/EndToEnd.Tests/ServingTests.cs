using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>An endpoint as the person sees it who answers for it: what it runs, who gets what, and how to stop it and let it answer again.</summary>
public sealed class ServingTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Versions_are_deployed_watched_shifted_stopped_and_released_by_two()
    {
        await using var house = await House.Open("local");
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await page.GotoAsync(house.Url("/w/default"));
        await House.GoByKeys(page, "o", "**/w/default/endpoints");
        await Expect(page.GetByText("No endpoint yet")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "endpoints-empty"));

        using var production = await Production.Prepare(house, "pipeline.yaml", "challenger.yaml");
        await SeeItComeLive(page, production);
        await DeployTheChampion(page);
        await SeeTheCanary(page, production);
        await SeePredictions(page, production);
        faults.AddRange(await Looks.Faults(page, "endpoint"));
        await ChangeTheShare(page);

        await Stop(page, production);
        faults.AddRange(await Looks.Faults(page, "endpoint-stopped"));
        await SeeThatItNeedsSomebody(page, house);
        await Release(page, production);
        await page.GotoAsync(house.Url("/w/default/endpoints"));
        await Expect(page.GetByRole(AriaRole.Grid, new() { Name = "Endpoints" })).ToContainTextAsync("as approved");
        faults.AddRange(await Looks.Faults(page, "endpoints"));

        Assert.Empty(faults);
    }

    private static async Task SeeItComeLive(IPage page, Production production)
    {
        await production.CreateEndpoint();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Production.Endpoint, Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/endpoints/{Production.Endpoint}");
        await Expect(page.GetByText($"Nothing is deployed under {Production.Endpoint}")).ToBeVisibleAsync();
    }

    private static async Task DeployTheChampion(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Version").SelectOptionAsync("1");
        await Expect(dialog.GetByLabel("Role")).ToHaveValueAsync("champion");
        await dialog.GetByLabel("Reason").FillAsync("First version.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "100.0 % version 1" })).ToBeVisibleAsync();
        await Expect(Loaded(page)).ToContainTextAsync("as approved");
    }

    private static async Task SeeTheCanary(IPage page, Production production)
    {
        await production.Deploy(2, "canary", 0.1);
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "90.0 % version 1, 10.0 % version 2 (canary)" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Deployments" })).ToContainTextAsync("deny at");
    }

    private static async Task SeePredictions(IPage page, Production production)
    {
        Assert.All(await production.Predict(30), status => Assert.Equal(HttpStatusCode.OK, status));
        var predictions = page.GetByLabel("Recent predictions, newest first");
        await Expect(predictions).ToContainTextAsync("applicant-30");
        await predictions.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Evidence: Prediction" })).ToContainTextAsync("pirat");
        await page.Keyboard.PressAsync("Escape");

        // A ratio where a rate is expected is refused by the contract, and counted.
        Assert.All(await production.Predict(1, 100, "pirat"), status => Assert.Equal(HttpStatusCode.BadRequest, status));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Answers" })).ToContainTextAsync("Refused1");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Refused lately" })).ToContainTextAsync("it must be a number");
    }

    private static async Task ChangeTheShare(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Change share…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Share of the canary").FillAsync("25");
        await Expect(dialog).ToContainTextAsync("answers 25.0 % of the units instead of 10.0 %");
        await dialog.GetByLabel("Reason").FillAsync("It does well.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change share", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "75.0 % version 1, 25.0 % version 2 (canary)" })).ToBeVisibleAsync();
    }

    private static async Task Stop(IPage page, Production production)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("From the next request on nobody gets an answer: 75.0 % version 1, 25.0 % version 2 (canary) are cut off");
        await dialog.GetByLabel("Reason").FillAsync("It denies too many.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop endpoint" }).ClickAsync();
        await Expect(page.GetByText("Stopped: nothing is answered.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Why" })).ToContainTextAsync("It denies too many.");
        Assert.Equal([HttpStatusCode.ServiceUnavailable], await production.Predict(1));
    }

    private static async Task SeeThatItNeedsSomebody(IPage page, House house)
    {
        await page.GotoAsync(house.Url("/w/default"));
        await page.GetByRole(AriaRole.Region, new() { Name = "Needs you" }).GetByRole(AriaRole.Link, new() { Name = $"Endpoint {Production.Endpoint} is stopped" }).ClickAsync();
        await page.WaitForURLAsync($"**/endpoints/{Production.Endpoint}");
    }

    private static async Task Release(IPage page, Production production)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Release", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Two people are needed.");
        await dialog.GetByLabel("Reason").FillAsync("The threshold is right.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Release", Exact = true }).ClickAsync();
        await Expect(page.GetByText("One more person must release it.")).ToBeVisibleAsync();
        Assert.Equal([HttpStatusCode.ServiceUnavailable], await production.Predict(1));

        await production.Release("Seen, too.");
        await Expect(page.GetByText("Stopped: nothing is answered.")).ToHaveCountAsync(0);
        Assert.Equal([HttpStatusCode.OK], await production.Predict(1));
    }

    private static ILocator Loaded(IPage page) => page.GetByLabel("What each process has loaded");
}
