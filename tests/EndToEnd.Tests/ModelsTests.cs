using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>From an empty registry to a version that an alias stands for, as MLflow's clients fill it and a person reads it.</summary>
public sealed class ModelsTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Model = "loan-scorecard";

    private const string Signature = """
        flavors:
          onnx: { data: model.onnx }
        signature:
          inputs: '[{"type": "double", "name": "income"}, {"type": "double", "name": "ratio"}]'
          outputs: '[{"type": "double", "name": "score"}]'
        """;

    [Fact]
    public async Task A_registered_version_is_seen_live_read_by_its_card_compared_and_given_an_alias()
    {
        await using var house = await House.Open();
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await house.SetUp(page, "ada");

        await House.GoByKeys(page, "m", "**/w/default/models");
        await Expect(page.GetByText("No model yet")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "models-empty"));

        await SeeTheModelComeLive(page);
        faults.AddRange(await Looks.Faults(page, "models"));
        await OpenByKeys(page);
        await GiveAnAlias(page);
        faults.AddRange(await Looks.Faults(page, "model"));
        await ReadTheVersion(page);
        faults.AddRange(await Looks.Faults(page, "version"));
        await FindItByThePalette(page);
        await TakeTheAliasAway(page);
        await FollowWhatClientsPrint(page, house);

        Assert.Empty(faults);
    }

    private static async Task FollowWhatClientsPrint(IPage page, House house)
    {
        (string Printed, string Opens)[] links =
        [
            ($"/#/models/{Model}/versions/1", $"**/w/default/models/{Model}/versions/1"), ($"/w/default/#/models/{Model}", $"**/w/default/models/{Model}"),
            ("/?workspace=default#/experiments/0", "**/w/default/runs?experiment=0"),
        ];
        foreach (var (printed, opens) in links)
        {
            await page.GotoAsync(house.Url(printed));
            await page.WaitForURLAsync(opens);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        }
    }

    private static async Task SeeTheModelComeLive(IPage page)
    {
        var loads = await page.EvaluateAsync<double>("performance.timeOrigin");
        await Mlflow(page, "registered-models/create", new { name = Model, description = "Says who may have a loan." });
        await Expect(page.GetByText(Model)).ToBeVisibleAsync();
        Assert.Equal(loads, await page.EvaluateAsync<double>("performance.timeOrigin"));

        foreach (var (name, weights, loss) in (IEnumerable<(string, string, double)>)[("first-fit", "one", 0.5), ("second-fit", "two", 0.4)])
        {
            var run = (string)(await Mlflow(page, "runs/create", new { experiment_id = "0", run_name = name }))!["run"]!["info"]!["run_id"]!;
            await Mlflow(page, "runs/log-metric", new { run_id = run, key = "loss", value = loss, timestamp = 1, step = 0 });
            foreach (var (path, text) in (IEnumerable<(string, string)>)[("MLmodel", Signature), ("model.onnx", weights), ("requirements.txt", "onnxruntime\n")])
            {
                await House.Ask(page, "PUT", $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/model/{path}", text);
            }

            await Mlflow(page, "model-versions/create", new { name = Model, source = $"runs:/{run}/model", run_id = run });
        }

        await Expect(page.GetByText("version 2")).ToBeVisibleAsync();
    }

    private static async Task OpenByKeys(IPage page)
    {
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/models/{Model}");
        await Expect(Title(page)).ToHaveTextAsync(Model);
        await Expect(page.GetByText("Says who may have a loan.")).ToBeVisibleAsync();
        await Expect(Versions(page).GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
    }

    private static async Task GiveAnAlias(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Set alias" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Alias").FillAsync("champion");
        await dialog.GetByLabel("Version").SelectOptionAsync("1");
        await Expect(dialog.GetByText($"Whoever loads models:/{Model}@champion gets version 1")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Set alias" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Aliases(page)).ToContainTextAsync("champion");
        await Expect(Versions(page)).ToContainTextAsync("champion");
        var answer = await Mlflow(page, $"registered-models/alias?name={Model}&alias=champion", null);
        Assert.Equal("1", (string?)answer!["model_version"]!["version"]);
    }

    private static async Task ReadTheVersion(IPage page)
    {
        await Versions(page).GetByRole(AriaRole.Link, new() { Name = "version 2" }).ClickAsync();
        await page.WaitForURLAsync($"**/models/{Model}/versions/2");
        await Expect(Title(page)).ToHaveTextAsync("Version 2");

        var card = page.GetByRole(AriaRole.Article, new() { Name = "Model card" });
        await Expect(card.GetByRole(AriaRole.Heading, new() { Name = "Fairness" })).ToBeVisibleAsync();
        await Expect(card.GetByText("not recorded").First).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.List, new() { Name = "Findings" })).ToContainTextAsync("The data it was trained on is not recorded");
        await Expect(page.GetByLabel("Inputs and outputs")).ToContainTextAsync("income");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "second-fit" })).ToBeVisibleAsync();

        var changes = page.GetByRole(AriaRole.Region, new() { Name = "What changed" });
        await Expect(changes).ToContainTextAsync("loss");
        await Expect(changes.GetByRole(AriaRole.Combobox)).ToHaveValueAsync("1");
    }

    private static async Task FindItByThePalette(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" }).FillAsync("loan-sc");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = Model }).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/models/{Model}**");
    }

    private static async Task TakeTheAliasAway(IPage page)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), $"/w/default/models/{Model}").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the alias champion" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("gets an error from then on");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove alias" }).ClickAsync();
        await Expect(page.GetByText("is how programs ask for the version to use")).ToBeVisibleAsync();
    }

    private static Task<System.Text.Json.Nodes.JsonNode?> Mlflow(IPage page, string call, object? body) =>
        House.Ask(page, body is null ? "GET" : "POST", "/api/2.0/mlflow/" + call, body);

    private static ILocator Title(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static ILocator Versions(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Versions of the model" });

    private static ILocator Aliases(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Aliases" });
}
