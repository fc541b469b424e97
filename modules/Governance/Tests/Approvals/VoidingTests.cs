using Slipway.Governance.Contracts;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Tests.Approvals;

/// <summary>What ends an approval, through HTTP.</summary>
public sealed class VoidingTests
{
    private static readonly ModelConditions Conditions = new(new PopulationLimit(0.25), [new DecisionShare("remind", 0.1, 0.3)]);

    private static readonly InventoryRequest Entry = Office.Entry(conditions: Conditions);

    private static readonly (string Field, InventoryRequest Changed)[] Changes =
    [
        ("inventory.useCase", Entry with { UseCase = "Court" }),
        ("inventory.approvedUses[0]", Entry with { ApprovedUses = [] }),
        ("inventory.owner", Entry with { Owner = "cleo" }),
        ("inventory.factors.purpose", Entry with { Factors = new Dictionary<string, TierFactor> { ["exposure"] = Entry.Factors["exposure"], ["purpose"] = new(2, "Nobody looks.") } }),
        ("inventory.factors.autonomy", Entry with { Factors = new Dictionary<string, TierFactor>(Entry.Factors) { ["autonomy"] = new(5, "It decides alone.") } }),
        ("inventory.conditions.population.maximumPsi", Entry with { Conditions = Conditions with { Population = new PopulationLimit(0.3) } }),
        ("inventory.conditions.decisions.remind", Entry with { Conditions = Conditions with { Decisions = [] } }),
    ];

    [Theory, EachDatabase]
    public async Task A_change_of_any_field_of_the_inventory_voids_and_undoing_it_brings_nothing_back(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set();
        await office.Register(office["ada"]);
        foreach (var (field, changed) in Changes)
        {
            await office.Put(Entry);
            var asked = await office.Ask();
            Assert.Equal(200, (await office.Sign(asked.Id, "ann")).Status);
            Assert.True((await ApprovalLifeTests.State(office)).InForce);

            var voided = await office.Put(changed);

            Assert.Equal([asked.Id], voided.Voided!);
            var view = await office.Look(asked.Id);
            Assert.Equal(ApprovalStage.Voided, view.State);
            Assert.Contains(field, view.EndedReason, StringComparison.Ordinal);
            await office.Put(Entry);
            Assert.False((await ApprovalLifeTests.State(office)).InForce);
        }

        Assert.Equal(Changes.Length, (await office.Audited()).Count(action => action == "approval.void"));
    }

    [Theory, EachDatabase]
    public async Task A_withdrawn_exception_and_a_deleted_version_end_what_needed_them(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set();
        await office.Put(Office.Entry());
        await office.Register(office["ada"], auc: 0.6);
        await office.Register(office["ada"], auc: 0.9);
        var end = office.Clock.GetUtcNow().AddDays(30).ToUnixTimeMilliseconds();
        var exception = await office.Done<ExceptionView>(office["ann"], HttpMethod.Post, "exceptions", new ExceptionRequest("late", "auc", "Few rows.", end));
        var (weak, strong) = (await office.Ask(1), await office.Ask(2));
        Assert.Equal(200, (await office.Sign(weak.Id, "ann")).Status);
        Assert.Equal(200, (await office.Sign(strong.Id, "ann")).Status);

        await office.Done<ExceptionView>(office["ben"], HttpMethod.Post, $"exceptions/{exception.Id}/withdraw", new EndRequest("Long enough."));

        Assert.Equal(ApprovalStage.Voided, (await office.Look(weak.Id)).State);
        Assert.Contains("exception.auc", (await office.Look(weak.Id)).EndedReason, StringComparison.Ordinal);
        Assert.True((await office.Look(strong.Id)).InForce);
        Assert.Equal(409, (await office.Send(office["ben"], HttpMethod.Post, $"exceptions/{exception.Id}/withdraw", new EndRequest("Again."))).Status);

        await office.Mlflow(office["ada"], "model-versions/delete", new { name = "late", version = "2" }, method: HttpMethod.Delete);

        Assert.False((await ApprovalLifeTests.State(office, 2)).InForce);
        await Office.Until(async () => (await office.Look(strong.Id)).State == ApprovalStage.Voided, "Nobody noted that the version is gone.");
        Assert.Equal("Version 2 of 'late' is gone.", (await office.Look(strong.Id)).EndedReason);
    }

    [Theory, EachDatabase]
    public async Task Evidence_that_becomes_too_old_ends_an_approval_by_the_clock_and_then_in_its_row(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set(Office.Policy.Replace("value: 0.7", "value: 0.7, maximumAge: 7d", StringComparison.Ordinal));
        await office.Put(Office.Entry());
        await office.Register(office["ada"]);
        var asked = await office.Ask();
        Assert.Equal(200, (await office.Sign(asked.Id, "ann")).Status);
        var expires = (await office.Look(asked.Id)).ExpiresMs!.Value;

        office.Clock.Advance(TimeSpan.FromMilliseconds(expires - office.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
        Assert.True((await ApprovalLifeTests.State(office)).InForce);
        office.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Contains("run.auc is 7d old; it may be 7d old.", string.Join(' ', (await ApprovalLifeTests.State(office)).Reasons), StringComparison.Ordinal);
        await Office.Until(async () => (await office.Look(asked.Id)).State == ApprovalStage.Expired, "Nobody noted that the evidence is too old.");
        Assert.Contains("approval.voided", await office.Facts($"approval/{asked.Id}"));
    }

    [Theory, EachDatabase]
    public async Task An_approval_is_refused_or_taken_back_by_those_who_may(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set();
        await office.Put(Office.Entry());
        await office.Register(office["ada"]);

        var first = await office.Ask();
        var refused = await office.Done<ApprovalView>(office["ben"], HttpMethod.Post, $"approvals/{first.Id}/refuse", new EndRequest("Not yet."));
        Assert.Equal((ApprovalStage.Refused, "ben", "Not yet."), (refused.State, refused.EndedBy, refused.EndedReason));
        Assert.Equal(409, (await office.Sign(first.Id, "ann")).Status);

        var second = await office.Ask();
        Assert.Equal(403, (await office.Send(office["ada"], HttpMethod.Post, $"approvals/{second.Id}/withdraw", new EndRequest("Not mine."))).Status);
        Assert.Equal(ApprovalStage.Withdrawn, (await office.Done<ApprovalView>(office["vera"], HttpMethod.Post, $"approvals/{second.Id}/withdraw", new EndRequest("Later."))).State);

        var third = await office.Ask();
        Assert.Equal(200, (await office.Sign(third.Id, "ann")).Status);
        Assert.Equal(403, (await office.Send(office["vera"], HttpMethod.Post, $"approvals/{third.Id}/withdraw", new EndRequest("Not mine any more."))).Status);
        Assert.Equal(ApprovalStage.Withdrawn, (await office.Done<ApprovalView>(office["cleo"], HttpMethod.Post, $"approvals/{third.Id}/withdraw", new EndRequest("A fault was found."))).State);
        Assert.False((await ApprovalLifeTests.State(office)).InForce);
        Assert.Equal(["approval.requested", "approval.signed", "approval.granted", "approval.voided"], await office.Facts($"approval/{third.Id}"));
        Assert.Equal(3, (await office.Read<Page<ApprovalRow>>("approvals?model=late")).Items.Count);
        Assert.Equal([third.Id], (await office.Read<Page<ApprovalRow>>("approvals?limit=1")).Items.Select(row => row.Id));
        Assert.Equal(400, (await office.Send(office["vera"], HttpMethod.Get, "approvals?state=approved")).Status);
    }

    [Theory, EachDatabase]
    public async Task The_owner_of_a_program_that_registered_the_version_does_not_sign_and_waives_nothing(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set();
        await office.Put(Office.Entry());
        await office.Person("pia", Role.Approver);
        using var program = await office.ProgramOf("pia", Role.Contributor);
        var version = await office.Register(program, auc: 0.6);
        var end = office.Clock.GetUtcNow().AddDays(30).ToUnixTimeMilliseconds();
        var asked = await office.Ask(version);

        Assert.Contains("registered the version", (await office.Look(asked.Id, "pia")).Mine.Why, StringComparison.Ordinal);
        Assert.Contains("not_eligible", (await office.Send(office["pia"], HttpMethod.Post, "exceptions", new ExceptionRequest("late", "auc", "Mine.", end, version))).Body, StringComparison.Ordinal);

        // Granted for every version, it counts for none of their own.
        await office.Done<ExceptionView>(office["pia"], HttpMethod.Post, "exceptions", new ExceptionRequest("late", "auc", "For all.", end));
        Assert.Equal(RowVerdict.Unmet, (await office.Look(asked.Id)).Rows.Single(row => row.Requirement == "auc").Verdict);
        Assert.Equal(403, (await office.Sign(asked.Id, "ann")).Status);
    }
}
