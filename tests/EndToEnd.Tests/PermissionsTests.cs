using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>Somebody gives a colleague one experiment and one model, changes it, takes it away, and lets everybody see a workspace.</summary>
public sealed class PermissionsTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task One_experiment_and_one_model_are_given_and_taken()
    {
        await using var house = await House.Open();
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await house.SetUp(page, "ada");
        await House.Ask(page, "POST", "/api/2.0/mlflow/users/create", new { username = "bob", password = House.Password });
        await House.Ask(page, "POST", "/api/2.0/mlflow/registered-models/create", new { name = "scorecard" });

        await page.GotoAsync(house.Url("/w/default/runs?experiment=0"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Permissions" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Nobody has a permission of their own.");
        await dialog.GetByLabel("Person or service account").FillAsync("bob");
        await dialog.GetByLabel("Permission", new() { Exact = true }).SelectOptionAsync("contributor");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
        var level = dialog.GetByLabel("Permission of bob");
        await Expect(level.First).ToHaveValueAsync("contributor");
        faults.AddRange(await Looks.Faults(page, "permissions"));
        await level.First.SelectOptionAsync("none");
        await Expect(level.First).ToHaveValueAsync("none");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take the permission of bob" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Nobody has a permission of their own.");

        await page.GotoAsync(house.Url("/w/default/models/scorecard"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Permissions" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Permissions on this model");
        await page.Keyboard.PressAsync("Escape");

        await page.GotoAsync(house.Url("/people"));
        await page.GetByLabel("Role of everybody in Default").SelectOptionAsync("viewer");
        await Expect(page.GetByLabel("Role of everybody in Default")).ToHaveValueAsync("viewer");
        faults.AddRange(await Looks.Faults(page, "people-everybody"));

        Assert.Empty(faults);
    }
}
