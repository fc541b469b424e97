using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>From no dataset to two versions that are compared, and to whoever uses them.</summary>
public sealed class DatasetsTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Datasets = "/api/v1/w/default/datasets";

    private static readonly string Contract = House.Sample("mortgage/hmda.contract.yaml");

    private static readonly string AllRows = House.Sample("mortgage/hmda.csv");

    private static readonly string StricterContract =
        Contract.TrimEnd() + "\n          - { metric: invalidValues, arguments: { validValues: [\"yes\"] }, mustBe: 0, severity: warning }\n";

    private static readonly string FewerRows = string.Join('\n', AllRows.Split('\n').Take(2001)) + "\n";

    [Fact]
    public async Task A_dataset_is_seen_live_read_by_its_schema_and_rules_compared_and_traced_to_its_users()
    {
        await using var house = await House.Open();
        var page = await chromium.NewPerson();
        var faults = new List<string>();
        await house.SetUp(page, "ada");

        await House.GoByKeys(page, "d", "**/w/default/datasets");
        await Expect(page.GetByText("No dataset yet")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "datasets-empty"));

        await SeeItComeLive(page);
        faults.AddRange(await Looks.Faults(page, "datasets"));
        await OpenByKeys(page);
        faults.AddRange(await Looks.Faults(page, "dataset"));
        await ReadAColumn(page);
        await SeeTheNextVersionBreakARule(page);
        await Compare(page);
        faults.AddRange(await Looks.Faults(page, "dataset-diff"));
        await FollowAUser(page);
        await FindItByThePalette(page);

        Assert.Empty(faults);
    }

    private static async Task SeeItComeLive(IPage page)
    {
        var loads = await page.EvaluateAsync<double>("performance.timeOrigin");
        await House.Ask(page, "PUT", $"{Datasets}/hmda/contract", Contract);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "hmda" })).ToBeVisibleAsync();
        await House.Ask(page, "POST", $"{Datasets}/hmda/versions?format=csv", AllRows);
        await Expect(page.GetByText("keeps its contract")).ToBeVisibleAsync();
        await Expect(page.GetByText("2,380")).ToBeVisibleAsync();
        Assert.Equal(loads, await page.EvaluateAsync<double>("performance.timeOrigin"));
    }

    private static async Task OpenByKeys(IPage page)
    {
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/datasets/hmda");
        await Expect(Title(page)).ToHaveTextAsync("hmda");
        await Expect(page.GetByText("2,380 rows").First).ToBeVisibleAsync();
        await Expect(Rules(page)).ToContainTextAsync("holds");
        await Expect(page.GetByText("Nothing has read it yet")).ToBeVisibleAsync();
    }

    /// <summary>Meaning, unit and figures of one of many columns.</summary>
    private static async Task ReadAColumn(IPage page)
    {
        await page.GetByLabel("Find a column").FillAsync("payments");
        var columns = page.GetByRole(AriaRole.Region, new() { Name = "Columns with their statistics" });
        await Expect(columns.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(columns).ToContainTextAsync("Payments to income");
        await Expect(columns).ToContainTextAsync("ratio (1)");

        await columns.GetByRole(AriaRole.Button, new() { Name = "pirat" }).ClickAsync();
        var evidence = page.GetByRole(AriaRole.Complementary, new() { Name = "Evidence: pirat" });
        await Expect(evidence).ToContainTextAsync("Median");
        await Expect(evidence).ToContainTextAsync("DimensionlessRatio");
        await page.Keyboard.PressAsync("Escape");
        await Expect(evidence).ToHaveCountAsync(0);
        await page.GetByLabel("Find a column").FillAsync("");
    }

    /// <summary>A rule that only warns lets the file pass; the page that is open shows which rows break it.</summary>
    private static async Task SeeTheNextVersionBreakARule(IPage page)
    {
        await House.Ask(page, "PUT", $"{Datasets}/hmda/contract", StricterContract);
        await House.Ask(page, "POST", $"{Datasets}/hmda/versions?format=csv", FewerRows);

        await Expect(Versions(page)).ToContainTextAsync("version 2");
        await Expect(page.GetByText("breaks rules that warn").First).ToBeVisibleAsync();
        var broken = Rules(page).GetByRole(AriaRole.Listitem).First;
        await Expect(broken).ToContainTextAsync("broken, warns");
        await Expect(broken.GetByText("row ").First).ToBeVisibleAsync();
    }

    private static async Task Compare(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare version 1 with version 2" }).ClickAsync();
        await page.WaitForURLAsync("**/datasets/hmda?against=1");
        var diff = page.GetByRole(AriaRole.Region, new() { Name = "Fields that differ" });
        await Expect(diff.GetByRole(AriaRole.Row).Filter(new() { HasText = "rows" }).First).ToContainTextAsync("2380");
        await Expect(diff).ToContainTextAsync("pirat.mean");
        await Versions(page).GetByRole(AriaRole.Link, new() { Name = "version 1" }).ClickAsync();
        await page.WaitForURLAsync("**/datasets/hmda?version=1");
        await Expect(page.GetByText("version 1 of 2")).ToBeVisibleAsync();
        await page.GotoAsync(page.Url.Replace("version=1", "against=1", StringComparison.Ordinal));
        await Expect(diff).ToBeVisibleAsync();
    }

    /// <summary>A pipeline reads the dataset; the page that is open says so and leads there.</summary>
    private static async Task FollowAUser(IPage page)
    {
        var run = await House.StartPipeline(page, """
            pipeline: halves
            steps:
              ingest: { uses: ingest, with: { dataset: hmda, file: hmda.csv, contract: hmda.contract.yaml } }
              split: { uses: split, in: { data: ingest.data }, with: { share: 0.5, seed: 1 } }
            """, ("hmda.csv", FewerRows), ("hmda.contract.yaml", StricterContract));
        var user = page.GetByRole(AriaRole.List, new() { Name = "Used by" }).GetByRole(AriaRole.Link).First;
        await user.ClickAsync();
        await page.WaitForURLAsync($"**/pipeline-runs/{run}");
        await Expect(page.GetByText("succeeded").First).ToBeVisibleAsync();
    }

    private static async Task FindItByThePalette(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" }).FillAsync("hmd");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "hmda" }).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/datasets/hmda**");
    }

    private static ILocator Title(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static ILocator Rules(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Rules of the contract" });

    private static ILocator Versions(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Versions" });
}
