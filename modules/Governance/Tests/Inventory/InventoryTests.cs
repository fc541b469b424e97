using Slipway.Governance.Contracts;
using Slipway.Governance.Inventory;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Tests.Inventory;

public sealed class InventoryTests
{
    private const string Yaml = """
        purpose: Says who pays late.
        useCase: Reminders
        owner: olga
        approvedUses:
          - Order of reminders
        factors:
          exposure: { score: 3, reason: Some thousand a month. }
          purpose: { score: 2, reason: A person looks at each. }
        conditions:
          population: { maximumPsi: 0.25, features: [amount] }
          decisions:
            - { decision: remind, low: 0.05, high: 0.25 }
        """;

    [Theory, EachDatabase]
    public async Task An_entry_written_as_YAML_is_read_listed_and_changed_with_a_fact_and_an_audit_entry(string database)
    {
        await using var office = await Office.Open(database);

        var made = await office.Done<InventoryEntryView>(office["vera"], HttpMethod.Put, "inventory/late/text", new InventoryTextRequest(Yaml));
        var again = await office.Done<InventoryEntryView>(office["ada"], HttpMethod.Put, "inventory/late/text", new InventoryTextRequest(Yaml));
        await office.Put(Office.Entry(), "other");

        Assert.Equal(("olga", 3, 2.449), (made.Owner!.Name, made.Tier, made.TierScore));
        Assert.Equal((0.25, "amount"), (made.Conditions!.Population!.MaximumPsi, made.Conditions.Population.Features!.Single()));
        Assert.Equal(new DecisionShare("remind", 0.05, 0.25), made.Conditions.Decisions!.Single());
        Assert.Equal((made.Digest, made.ChangedMs, "vera"), (again.Digest, again.ChangedMs, again.ChangedBy));
        Assert.Equal(["late", "other"], (await office.Read<Page<InventoryEntryView>>("inventory")).Items.Select(entry => entry.Model));
        var first = await office.Read<Page<InventoryEntryView>>("inventory?limit=1");
        Assert.Equal("other", (await office.Read<Page<InventoryEntryView>>($"inventory?limit=1&cursor={first.Next}")).Items.Single().Model);
        Assert.Equal(2, (await office.Audited()).Count(action => action == "inventory.put"));
        Assert.Equal(["inventory.changed"], await office.Facts("model/late"));
        Assert.Equal(404, (await office.Send(office["vera"], HttpMethod.Get, "inventory/none")).Status);
    }

    [Theory, EachDatabase]
    public async Task An_owner_is_a_person_who_is_there(string database)
    {
        await using var office = await Office.Open(database);
        await office.Put(Office.Entry());
        using var program = await office.Server.Program(Slipway.Identity.Contracts.Role.Contributor, "default");

        foreach (var owner in (string[])["nobody", "contributor-default", ""])
        {
            var (status, body) = await office.Send(office["vera"], HttpMethod.Put, "inventory/late", Office.Entry(owner: owner));
            Assert.True(status == 400 && body.Contains("is no person here", StringComparison.Ordinal), $"{owner}: {status} {body}");
        }

        Assert.Null((await office.Put(Office.Entry(owner: null))).Owner);
    }

    [Fact]
    public async Task An_entry_goes_with_its_model_to_another_name()
    {
        await using var office = await Office.Open(TestDatabase.Sqlite);
        var approval = await office.Approved();

        await office.Mlflow(office["ada"], "registered-models/rename", new { name = "late", new_name = "tardy" });

        await Office.Until(async () => (await office.Send(office["vera"], HttpMethod.Get, "inventory/tardy")).Status == 200, "The entry did not go with its model.");
        await Office.Until(async () => (await office.Look(approval.Id)).State == ApprovalStage.Voided, "Nobody noted that the version is gone by that name.");
        Assert.Equal(404, (await office.Send(office["vera"], HttpMethod.Get, "inventory/late")).Status);
    }

    [Fact]
    public void Every_fault_of_a_text_is_told_with_its_line()
    {
        var text = Yaml.Replace("score: 2", "score: 9", StringComparison.Ordinal).Replace("useCase", "useCse", StringComparison.Ordinal).Replace("low: 0.05", "low: x", StringComparison.Ordinal);

        var faults = InventoryText.Read(text).Problem!.Faults;

        Assert.Equal(
            [
                "Line 12: 'conditions.decisions[0].low' is 'x'; a number belongs there.", "Line 1: 'useCase' is missing.",
                "Line 2: 'useCse' is no setting here; there are approvedUses, conditions, factors, owner, purpose, useCase.",
                "Line 8: 'factors.purpose.score' is '9'; a whole number from 1 to 5 belongs there.",
            ],
            faults.Select(fault => fault.Detail).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, string, string> Rules => new()
    {
        { "no purpose", "purpose: Says who pays late.", "purpose: ''" }, { "a factor is missing", "exposure: {", "scope: {" }, { "no reason", "reason: A person looks at each.", "reason: ' '" },
        { "an impossible limit", "maximumPsi: 0.25", "maximumPsi: 0" }, { "a band upside down", "low: 0.05, high: 0.25", "low: 0.5, high: 0.25" }, { "a share above 1", "high: 0.25", "high: 1.5" },
        { "a tag", "useCase: Reminders", "useCase: !!str Reminders" }, { "an alias", "useCase: Reminders", "useCase: *x" }, { "a key twice", "useCase: Reminders", "useCase: Reminders\nuseCase: More" },
    };

    [Theory, MemberData(nameof(Rules))]
    public void What_breaks_a_rule_is_refused(string what, string right, string wrong)
    {
        var read = InventoryText.Read(Yaml.Replace(right, wrong, StringComparison.Ordinal));

        Assert.True(read.Problem is { Status: 400, Faults.Count: > 0 }, what);
    }
}
