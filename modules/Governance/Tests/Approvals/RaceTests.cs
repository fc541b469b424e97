using Slipway.Governance.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Tests.Approvals;

/// <summary>The same race on both databases.</summary>
public sealed class RaceTests
{
    [Theory, EachDatabase]
    public async Task People_who_act_at_once_come_one_after_the_other(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set(Office.Policy + "\nsignOffs: 2");
        await office.Put(Office.Entry());
        await office.Register(office["ada"], auc: 0.6);
        var end = office.Clock.GetUtcNow().AddDays(30).ToUnixTimeMilliseconds();

        // One exception, one request, however many ask.
        var waived = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => office.Send(office["ann"], HttpMethod.Post, "exceptions", new ExceptionRequest("late", "auc", "Few rows.", end))));
        Assert.Equal([201, 409, 409, 409, 409], waived.Select(one => one.Status).Order());
        var requests = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => office.Send(office["vera"], HttpMethod.Post, "approvals", new ApprovalRequest("late", 1, "At once."))));
        Assert.Equal([201, 409, 409, 409, 409], requests.Select(one => one.Status).Order());

        // Each person counts once, and it is granted once.
        var asked = (await office.Read<Page<ApprovalRow>>("approvals")).Items.Single();
        var digest = (await office.Look(asked.Id)).EvidenceDigest;
        var signed = await Task.WhenAll(((string[])["ann", "ann", "ben", "ben", "cleo"]).Select(async who => (Who: who, (await office.Sign(asked.Id, who, digest)).Status)));
        var taken = signed.Where(one => one.Status == 200).Select(one => one.Who).ToList();
        Assert.Equal((2, 2), (taken.Count, taken.Distinct().Count()));
        Assert.Single(await office.Facts($"approval/{asked.Id}"), kind => kind == "approval.granted");
        Assert.True((await ApprovalLifeTests.State(office)).InForce);
    }

    [Theory, EachDatabase]
    public async Task A_sign_off_that_meets_a_change_is_void_or_was_never_taken(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set();
        await office.Put(Office.Entry());
        await office.Register(office["ada"]);
        for (var round = 0; round < 8; round++)
        {
            var asked = await office.Ask();

            var signing = office.Sign(asked.Id, "ann", asked.EvidenceDigest);
            var changing = office.Put(Office.Entry($"Purpose {round}."));
            var (status, _) = await signing;
            await changing;

            Assert.True(status is 200 or 409, $"{status}");
            Assert.False((await ApprovalLifeTests.State(office)).InForce);
            var view = await office.Look(asked.Id);
            Assert.Equal(status == 200 ? ApprovalStage.Voided : ApprovalStage.Requested, view.State);
            if (status == 409) { await office.Done<ApprovalView>(office["vera"], HttpMethod.Post, $"approvals/{asked.Id}/withdraw", new EndRequest("Too late.")); }
        }
    }

    [Fact]
    public async Task The_audit_entry_of_a_sign_off_carries_the_digest_that_was_signed()
    {
        await using var office = await Office.Open(TestDatabase.Sqlite);
        var approval = await office.Approved();

        var entries = await office.Done<Page<AuditEntryView>>(office.Server.Http, HttpMethod.Get, "/api/v1/audit?action=approval.sign");

        var entry = Assert.Single(entries.Items, entry => entry.Action == "approval.sign");
        Assert.Equal(($"approval/{approval.Id}", approval.EvidenceDigest, "small v1"), (entry.Object, entry.AfterDigest, entry.Policy));
    }
}
