using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>One person asks and is refused by the policy, another waives what is missing and signs, by keys alone; what was signed then changes, and the approval says so.</summary>
public sealed class GovernanceTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Model = "loan-scorecard";

    private const string Policy = """
        policy: lending
        description: What a lending model must show before it decides about anybody.
        governs: [endpoint.deploy, endpoint.serve]
        signOffs: 1
        rows:
          - name: model-bytes
            evidence: digests.model
            operator: exists
            why: What is approved is these bytes and no others.
          - name: purpose
            evidence: inventory.purpose
            operator: exists
          - name: owner
            evidence: inventory.owner
            operator: exists
          - name: evaluated
            evidence: digests.evaluation
            operator: exists
            waivable: true
            why: A report on rows that the model was not fitted to.
        tests:
          - name: without a report it needs an exception
            given: { digests.model: a1, inventory.purpose: Scores, inventory.owner: ada }
            expect: { allowed: false, rows: { evaluated: missing } }

        """;

    private const string Entry = """
        purpose: Says how likely an applicant is to pay late
        useCase: Orders the applications that a person decides
        owner: ada
        approvedUses: [Ordering the queue of applications]
        factors:
          exposure: { score: 3, reason: "2,000 applications a month" }
          purpose: { score: 4, reason: It touches who gets a loan }
        conditions:
          population: { maximumPsi: 0.25 }

        """;

    [Fact]
    public async Task What_the_policy_refuses_is_waived_and_signed_by_another_person_with_keys_alone()
    {
        await using var house = await House.Open();
        var (ada, grace) = (await chromium.NewPerson(), await chromium.NewPerson());
        var faults = new List<string>();
        await house.SetUp(ada, "ada");
        await JoinAsApprover(ada, grace, house);
        await Register(ada);

        await SetThePolicy(ada, house, faults);
        await WriteTheEntry(ada, house, faults);
        await AskAndBeRefused(ada, grace, house);
        await DecideByKeys(ada, grace, house, faults);
        await SeeItVoided(ada, grace, house, faults);

        Assert.Empty(faults);
    }

    private static async Task JoinAsApprover(IPage ada, IPage grace, House house)
    {
        var invited = await House.Ask(ada, "POST", "/api/v1/people", new { name = "grace", displayName = "Grace Hopper" });
        await House.Ask(ada, "POST", "/api/v1/grants", new { principalId = (string)invited!["person"]!["id"]!, resource = "workspace/default", level = "approver" });
        await grace.GotoAsync((string)invited["invitation"]!["url"]!);
        await House.ChoosePassword(grace, "Set the password and sign in");
    }

    private static async Task Register(IPage page)
    {
        await Mlflow(page, "registered-models/create", new { name = Model });
        var run = (string)(await Mlflow(page, "runs/create", new { experiment_id = "0", run_name = "fit" }))!["run"]!["info"]!["run_id"]!;
        foreach (var (path, text) in (IEnumerable<(string, string)>)[("MLmodel", "flavors:\n  onnx: { data: model.onnx }\n"), ("model.onnx", "weights")])
        {
            await House.Ask(page, "PUT", $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/model/{path}", text);
        }

        await Mlflow(page, "model-versions/create", new { name = Model, source = $"runs:/{run}/model", run_id = run });
    }

    private static async Task SetThePolicy(IPage page, House house, List<string> faults)
    {
        await page.GotoAsync(house.Url("/w/default/policies"));
        await Expect(page.GetByText("built in: nobody has set another one")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Tests of the policy" })).ToContainTextAsync("passed");
        faults.AddRange(await Looks.Faults(page, "policy"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        var text = page.GetByRole(AriaRole.Textbox, new() { Name = "The policy as YAML" });
        await text.FillAsync(Policy.Replace("operator: exists\n    why: What", "operator: resembles\n    why: What", StringComparison.Ordinal));
        await Expect(page.GetByText("1 fault")).ToBeVisibleAsync();
        await Expect(page.GetByText("line 8")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Put in force" })).ToBeDisabledAsync();

        await text.FillAsync(Policy);
        await Expect(page.GetByText("could be set")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put in force" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("No approval is in force");
        await dialog.GetByLabel("Reason").FillAsync("Lending needs an evaluation");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Put in force" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Policy lending");
        await page.GetByRole(AriaRole.Button, new() { Name = "What version 1 changed" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Lines that differ" })).ToContainTextAsync("policy: lending");
        await page.Keyboard.PressAsync("Escape");
    }

    private static async Task WriteTheEntry(IPage page, House house, List<string> faults)
    {
        await page.GotoAsync(house.Url("/w/default/inventory"));
        await Expect(page.GetByText("1 model without an entry")).ToBeVisibleAsync();
        await Expect(page.GetByText(Model)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/inventory/{Model}");
        await Expect(page.GetByText("Nobody has written an entry")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Write the entry" }).ClickAsync();
        var text = page.GetByRole(AriaRole.Textbox, new() { Name = "The entry as YAML" });
        await text.FillAsync(Entry.Replace("score: 3", "score: 9", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Write the entry" }).ClickAsync();
        await Expect(page.GetByText("line 6")).ToBeVisibleAsync();
        await text.FillAsync(Entry);
        await page.GetByRole(AriaRole.Button, new() { Name = "Write the entry" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Factors of the tier" })).ToContainTextAsync("2,000 applications a month");
        faults.AddRange(await Looks.Faults(page, "entry"));
    }

    private static async Task AskAndBeRefused(IPage ada, IPage grace, House house)
    {
        await grace.GotoAsync(house.Url("/w/default/approvals"));
        await Expect(grace.GetByText("Nothing waits for a signature")).ToBeVisibleAsync();
        var loads = await grace.EvaluateAsync<double>("performance.timeOrigin");

        await ada.GotoAsync(house.Url("/w/default/approvals"));
        await ada.GetByRole(AriaRole.Button, new() { Name = "Ask for an approval" }).First.ClickAsync();
        var dialog = ada.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Model")).ToHaveValueAsync(Model);
        await Expect(dialog.GetByLabel("Version")).ToHaveValueAsync("1");
        await dialog.GetByLabel("Reason").FillAsync("Ready for the new season");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask for the approval" }).ClickAsync();
        await ada.WaitForURLAsync("**/approvals/*");
        var rows = Requirements(ada).GetByRole(AriaRole.Row);
        await Expect(rows.Nth(1)).ToContainTextAsync("evaluated");
        await Expect(rows.Nth(1)).ToContainTextAsync("missing");
        await Expect(ada.GetByText("you cannot sign")).ToBeVisibleAsync();
        await Expect(ada.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true })).ToHaveCountAsync(0);

        await Expect(grace.GetByText($"{Model} version 1").First).ToBeVisibleAsync();
        Assert.Equal(loads, await grace.EvaluateAsync<double>("performance.timeOrigin"));
    }

    // From the home page to the signature without a pointer.
    private static async Task DecideByKeys(IPage ada, IPage page, House house, List<string> faults)
    {
        await page.GotoAsync(house.Url("/w/default"));
        await Expect(page.GetByText($"Sign or refuse {Model} version 1")).ToBeVisibleAsync();
        await House.GoByKeys(page, "s", "**/w/default/approvals");
        await Expect(page.GetByText($"{Model} version 1").First).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "approvals"));
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/approvals/*");
        await Expect(page.GetByText("1 requirement stands against it")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "approval-to-decide"));

        await page.Keyboard.PressAsync("w");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Requirement")).ToHaveValueAsync("evaluated");
        await Expect(dialog.GetByLabel("Reason")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("The report comes with the next season's data");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("met, with exceptions")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("s");
        await Expect(dialog.GetByLabel("Reason")).ToBeFocusedAsync();
        await Expect(dialog).ToContainTextAsync("evaluated is waived");
        faults.AddRange(await Looks.Faults(page, "sign"));

        // What was read is another by now: nothing is signed, and the difference is shown.
        await House.Ask(ada, "PUT", $"/api/v1/w/default/inventory/{Model}/text", new { text = Entry.Replace("0.25", "0.2", StringComparison.Ordinal) });
        await page.Keyboard.TypeAsync("On what I have read");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToContainTextAsync("Nothing was signed");
        await Expect(dialog.GetByRole(AriaRole.Region, new() { Name = "What changed before you signed" })).ToContainTextAsync("maximumPsi");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Changed while you read" })).ToContainTextAsync("maximumPsi");

        await page.Keyboard.PressAsync("s");
        await Expect(dialog.GetByLabel("Reason")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Within our appetite until the report is there");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("in force", new() { Exact = false }).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Signed by" })).ToContainTextAsync("Within our appetite");
        faults.AddRange(await Looks.Faults(page, "approval"));

        await page.Keyboard.PressAsync("Escape");
        await page.WaitForURLAsync("**/w/default/approvals");
    }

    private static async Task SeeItVoided(IPage ada, IPage grace, House house, List<string> faults)
    {
        await House.GoByKeys(grace, "x", "**/w/default/exceptions");
        await Expect(grace.GetByText("The report comes with")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(grace, "exceptions"));

        await ada.GotoAsync(house.Url($"/w/default/inventory/{Model}"));
        await ada.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await Expect(ada.GetByText("a change makes it void")).ToBeVisibleAsync();
        var text = ada.GetByRole(AriaRole.Textbox, new() { Name = "The entry as YAML" });
        await text.FillAsync((await text.InputValueAsync()).Replace("pay late", "pay late or never", StringComparison.Ordinal));
        await ada.GetByRole(AriaRole.Button, new() { Name = "Write the entry" }).ClickAsync();
        await Expect(ada.GetByText("pay late or never").First).ToBeVisibleAsync();
        await ada.GetByRole(AriaRole.List, new() { Name = $"Approvals of {Model}" }).GetByRole(AriaRole.Link, new() { Name = "version 1" }).ClickAsync();
        await ada.WaitForURLAsync("**/approvals/*");
        await Expect(ada.GetByText("voided").First).ToBeVisibleAsync();
        await Expect(ada.GetByText("purpose").First).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(ada, "approval-voided"));
        await ada.GotoAsync(house.Url("/w/default/inventory"));
        await Expect(ada.GetByText("version 1 voided")).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(ada, "inventory"));
    }

    private static Task<System.Text.Json.Nodes.JsonNode?> Mlflow(IPage page, string call, object body) => House.Ask(page, "POST", "/api/2.0/mlflow/" + call, body);

    private static ILocator Requirements(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Requirements" });
}
