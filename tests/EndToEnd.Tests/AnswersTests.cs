using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>The four answers on the page of a model: what is missing is unknown, and the slider goes back to what was so.</summary>
public sealed class AnswersTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Model = "late-payers";

    [Fact]
    public async Task The_four_answers_are_read_stepped_through_by_keys_and_opened_to_their_evidence()
    {
        await using var house = await House.Open();
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await house.SetUp(page, "ada");
        await Mlflow(page, "registered-models/create", new { name = Model });
        await Mlflow(page, "model-versions/create", new { name = Model, source = "s3://bucket/one" });

        await page.GotoAsync(house.Url($"/w/default/models/{Model}"));
        await Expect(Card(page, 1)).ToContainTextAsync("no endpoint of this workspace serves it");
        foreach (var number in (int[])[1, 2, 3, 4]) { await Expect(Card(page, number)).ToContainTextAsync("unknown"); }

        await Expect(Card(page, 3)).ToContainTextAsync("No approval of version 1 was asked for");
        faults.AddRange(await Looks.Faults(page, "model-answers"));

        await Mlflow(page, "model-versions/create", new { name = Model, source = "s3://bucket/two" });
        await Expect(Card(page, 3)).ToContainTextAsync("No approval of version 2 was asked for");
        await GoBack(page);
        faults.AddRange(await Looks.Faults(page, "model-answers-past"));
        await OpenEvidence(page);
        faults.AddRange(await Looks.Faults(page, "model-answers-evidence"));

        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Now", Exact = true }).ClickAsync();
        await Expect(Card(page, 3)).ToContainTextAsync("No approval of version 2 was asked for");
        Assert.Empty(faults);
    }

    private static async Task GoBack(IPage page)
    {
        var slider = page.GetByRole(AriaRole.Slider, new() { Name = "As of" });
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "now");
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.WaitForURLAsync("**asOf=position**");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex("Version 1 was registered$"));
        await Expect(Card(page, 3)).ToContainTextAsync("No approval of version 1 was asked for");

        // What the address names is shown again to whoever gets it.
        await page.ReloadAsync();
        await Expect(Card(page, 3)).ToContainTextAsync("No approval of version 1 was asked for");
    }

    private static async Task OpenEvidence(IPage page)
    {
        await Card(page, 2).GetByRole(AriaRole.Button, new() { Name = "not recorded" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Evidence" })).ToContainTextAsync("answers?asOf=position");
    }

    private static ILocator Card(IPage page, int number) => page.GetByRole(AriaRole.Article).Filter(new() { Has = page.Locator($"#answer-{number}") });

    private static Task<System.Text.Json.Nodes.JsonNode?> Mlflow(IPage page, string call, object body) => House.Ask(page, "POST", "/api/2.0/mlflow/" + call, body);
}
