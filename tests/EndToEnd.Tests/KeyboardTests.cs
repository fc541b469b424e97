using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>Everything without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Pages_rows_filter_and_help_are_reached_by_keys()
    {
        await using var house = await House.Open();
        var page = await chromium.NewPerson();
        await house.SetUp(page, "ada");
        foreach (var name in (string[])["alpha", "beta"])
        {
            var status = await page.EvaluateAsync<int>(
                "async name => (await fetch('/api/2.0/mlflow/runs/create', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ experiment_id: '0', run_name: name }) })).status", name);
            Assert.Equal(200, status);
        }

        await House.GoByKeys(page, "r", "**/w/default/runs**");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Runs" })).ToBeVisibleAsync();
        await Expect(page.GetByText("alpha")).ToBeVisibleAsync();

        // What the pages say wins over what the library of parts says, wherever their style sheets were cut.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keys and help" })).ToHaveCSSAsync("color", "rgb(230, 239, 245)");

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("/");
        Assert.Equal("INPUT", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("document.activeElement.blur()");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/runs/*");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }
}
