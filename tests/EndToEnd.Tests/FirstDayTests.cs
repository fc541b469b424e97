using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>The first day of a new server: from the link in its log to the proof in its audit log.</summary>
public sealed class FirstDayTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task From_the_set_up_link_to_a_run_seen_live_and_a_proof_in_the_audit_log()
    {
        await using var house = await House.Open();
        var (ada, bob) = (await chromium.NewPerson(), await chromium.NewPerson());
        var faults = new List<string>();

        await ada.GotoAsync(await house.SetUpLink());
        faults.AddRange(await Looks.Faults(ada, "set-up"));
        await house.SetUp(ada, "ada");
        await bob.GotoAsync(house.Url("/sign-in"));
        await Expect(bob.Locator("input[autocomplete=username]")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(bob, "sign-in"));

        await bob.GotoAsync(await Invite(ada, house, "bob"));
        await House.ChoosePassword(bob, "Set the password and sign in");
        var key = await MakeKey(bob, house);
        faults.AddRange(await Looks.Faults(bob, "keys"));

        var run = await SeeFirstRunLive(bob, house, key, faults);
        await OpenRun(bob, house, key, run);
        faults.AddRange(await Looks.Faults(bob, "run"));
        await OpenLoggedModel(bob);
        faults.AddRange(await Looks.Faults(bob, "logged-models"));

        await VerifyAudit(ada, house);
        faults.AddRange(await Looks.Faults(ada, "audit-proof"));
        foreach (var (path, name) in (IEnumerable<(string, string)>)[("/people", "people"), ("/w/default", "home"), ("/w/default/experiments", "experiments"), ("/w/default/runs", "runs")])
        {
            await ada.GotoAsync(house.Url(path));
            await Expect(ada.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await ada.WaitForTimeoutAsync(500);
            faults.AddRange(await Looks.Faults(ada, name));
        }

        Assert.Empty(faults);
    }

    private static async Task<string> Invite(IPage page, House house, string name)
    {
        await page.GotoAsync(house.Url("/people"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input").First.FillAsync(name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        var link = page.GetByText("#token=");
        await Expect(link).ToBeVisibleAsync();
        return (await link.TextContentAsync())!;
    }

    private static async Task<string> MakeKey(IPage page, House house)
    {
        await page.GotoAsync(house.Url("/keys"));
        await page.GetByRole(AriaRole.Button, new() { Name = "New key" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input").First.FillAsync("laptop");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var secret = (await dialog.Locator("code").First.TextContentAsync())!;
        await dialog.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(page.GetByText("laptop")).ToBeVisibleAsync();
        return secret;
    }

    private static async Task<string> SeeFirstRunLive(IPage page, House house, string key, List<string> faults)
    {
        await page.GotoAsync(house.Url("/w/default/runs"));
        await Expect(page.GetByText("No run yet")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "runs-empty"));
        var loads = await page.EvaluateAsync<double>("performance.timeOrigin");

        var created = await house.Mlflow(key, "runs/create", new { experiment_id = "0", run_name = "first-light", start_time = Now() });
        var run = created["run"]!["info"]!["run_id"]!.GetValue<string>();
        await house.Mlflow(key, "runs/log-batch", new
        {
            run_id = run,
            metrics = Enumerable.Range(0, 50).Select(step => new { key = "loss", value = 1.0 / (step + 1), timestamp = Now(), step }),
            @params = (object[])[new { key = "lr", value = "0.01" }],
        });

        await Expect(page.GetByText("first-light")).ToBeVisibleAsync();
        Assert.Equal(loads, await page.EvaluateAsync<double>("performance.timeOrigin"));
        return run;
    }

    private static async Task OpenRun(IPage page, House house, string key, string run)
    {
        await page.GetByText("first-light").ClickAsync();
        await page.WaitForURLAsync($"**/runs/{run}**");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("first-light");
        await Expect(page.Locator("canvas").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "0.01", Exact = true })).ToBeVisibleAsync();

        object dataset = new { name = "applications", digest = "9f2c41aa", source_type = "local", source = "{}" };
        await house.Mlflow(key, "runs/log-inputs", new { run_id = run, datasets = new[] { new { dataset, tags = new[] { new { key = "mlflow.data.context", value = "training" } } } } });
        var model = await house.Mlflow(key, "logged-models", new { experiment_id = "0", name = "scorecard", source_run_id = run });
        var modelId = model["model"]!["info"]!["model_id"]!.GetValue<string>();
        await house.Mlflow(key, "runs/log-metric", new { run_id = run, key = "auc", value = 0.81, timestamp = Now(), step = 0, model_id = modelId, dataset_name = "applications", dataset_digest = "9f2c41aa" });
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Datasets" })).ToContainTextAsync("training");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Logged models" })).ToContainTextAsync("scorecard");

        await house.Mlflow(key, "runs/update", new { run_id = run, status = "FINISHED", end_time = Now() });
        await Expect(page.GetByText("finished").First).ToBeVisibleAsync();
    }

    private static async Task OpenLoggedModel(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "scorecard" }).ClickAsync();
        await page.WaitForURLAsync("**/logged-models?experiment=0&model=m-**");
        var detail = page.GetByRole(AriaRole.Complementary, new() { Name = "Evidence: Logged model" });
        await Expect(detail).ToContainTextAsync("applications (9f2c41aa)");
        await Expect(detail).ToContainTextAsync("not yet");
        await detail.PressAsync("Escape");
        await Expect(detail).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "scorecard" }).ClickAsync();
        await Expect(detail).ToContainTextAsync("0.81");
    }

    private static async Task VerifyAudit(IPage page, House house)
    {
        await page.GotoAsync(house.Url("/audit"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the log" }).ClickAsync();
        await Expect(page.GetByText("nothing was changed")).ToBeVisibleAsync();
        await page.GetByLabel("Audit entries, newest first").Locator("code").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Prove that it stands in the log" }).ClickAsync();
        var checks = page.GetByLabel("Checks made in this browser");
        await Expect(checks).ToBeVisibleAsync();
        await Expect(checks.GetByText("no", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Signed checkpoint")).ToBeVisibleAsync();
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
