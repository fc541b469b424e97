using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>Experiments in folders, runs that are moved, deleted by mistake, restored, and at last erased; a logged model that comes back.</summary>
public sealed class TrashTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Runs_are_found_in_folders_moved_deleted_restored_and_purged()
    {
        await using var house = await House.Open();
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await house.SetUp(page, "ada");
        foreach (var name in (string[])["churn/baseline", "churn/deep/wide", "loose"]) { await Mlflow(page, "experiments/create", new { name }); }

        await House.GoByKeys(page, "e", "**/w/default/experiments");
        await Tree(page);
        faults.AddRange(await Looks.Faults(page, "experiments-folders"));
        await Move(page);
        await DeleteAndRestore(page);
        faults.AddRange(await Looks.Faults(page, "trash"));
        await Purge(page);
        await RestoreLoggedModel(page);
        faults.AddRange(await Looks.Faults(page, "trash-logged-models"));

        Assert.Empty(faults);
    }

    private static async Task Tree(IPage page)
    {
        var tree = page.GetByRole(AriaRole.Navigation, new() { Name = "Folders of experiments" });
        await tree.GetByRole(AriaRole.Button, new() { Name = "churn 2", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "churn/baseline" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "loose" })).ToHaveCountAsync(0);
        await tree.GetByRole(AriaRole.Button, new() { Name = "Folders in churn" }).ClickAsync();
        await tree.GetByRole(AriaRole.Button, new() { Name = "deep 1", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "churn/baseline" })).ToHaveCountAsync(0);
    }

    private static async Task Move(IPage page)
    {
        foreach (var name in (string[])["first-fit", "second-fit"]) { await Mlflow(page, "runs/create", new { experiment_id = "0", run_name = name }); }

        await House.GoByKeys(page, "r", "**/w/default/runs");
        await Select(page, "first-fit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("To the experiment").First.FillAsync("loose");
        await page.GetByRole(AriaRole.Option, new() { Name = "loose" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Move" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GotoAsync(new Uri(new Uri(page.Url), "/w/default/runs?experiment=3").ToString());
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "first-fit" })).ToBeVisibleAsync();
    }

    private static async Task DeleteAndRestore(IPage page)
    {
        await House.GoByKeys(page, "r", "**/w/default/runs");
        await Select(page, "second-fit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "second-fit" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Trash" }).ClickAsync();
        await page.WaitForURLAsync("**/w/default/trash");
        await Select(page, "second-fit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(page.GetByText("No deleted run")).ToBeVisibleAsync();
        await Mlflow(page, "experiments/delete", new { experiment_id = "3" });
        await Expect(page.GetByText("first-fit")).ToBeVisibleAsync();
    }

    private static async Task Purge(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Empty the trash" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("1 run and 1 experiment go for good")).ToBeVisibleAsync();
        await dialog.GetByLabel("Reason").FillAsync("asked to forget");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Purge" }).ClickAsync();
        await Expect(page.GetByText("No deleted run")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Experiments" }).ClickAsync();
        await Expect(page.GetByText("No deleted experiment")).ToBeVisibleAsync();
    }

    private static async Task RestoreLoggedModel(IPage page)
    {
        var made = await Mlflow(page, "logged-models", new { experiment_id = "1", name = "scorecard" });
        var id = (string)made!["model"]!["info"]!["model_id"]!;
        await House.Ask(page, "DELETE", "/api/2.0/mlflow/logged-models/" + id);
        await page.GetByRole(AriaRole.Button, new() { Name = "Logged models" }).ClickAsync();
        await Select(page, "scorecard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Purge" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("1 logged model goes for good")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(page.GetByText("No deleted logged model")).ToBeVisibleAsync();
        Assert.Equal("scorecard", (string)(await House.Ask(page, "GET", "/api/2.0/mlflow/logged-models/" + id))!["model"]!["info"]!["name"]!);
    }

    private static async Task Select(IPage page, string run)
    {
        await Expect(page.GetByText(run).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = run }).GetByRole(AriaRole.Checkbox).CheckAsync();
    }

    private static Task<System.Text.Json.Nodes.JsonNode?> Mlflow(IPage page, string call, object body) => House.Ask(page, "POST", "/api/2.0/mlflow/" + call, body);
}
