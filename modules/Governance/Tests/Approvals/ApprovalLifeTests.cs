using Slipway.Governance.Contracts;
using Slipway.Governance.Ports;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Tests.Approvals;

public sealed class ApprovalLifeTests
{
    [Theory, EachDatabase]
    public async Task A_version_is_approved_by_somebody_else_and_a_change_voids_it_and_names_the_field(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set();
        await office.Put(Office.Entry());
        await office.Register(office["ada"]);
        Assert.False((await State(office)).InForce);
        var before = await Gate(office);
        Assert.False(before.Allowed);
        Assert.Contains("Nobody has asked for the approval of version 1 of 'late'.", before.Reasons);

        var asked = await office.Ask();

        Assert.Equal((ApprovalStage.Requested, false, 1, 0), (asked.State, asked.InForce, asked.Needs.SignOffs, asked.Needs.Have));
        Assert.All(asked.Rows, row => Assert.Equal(RowVerdict.Met, row.Verdict));
        Assert.Equal((false, "'vera' lacks governance.approvals.sign in workspace 'default'; one of the roles Approver gives it."), (asked.Mine.MaySign, asked.Mine.Why));
        Assert.Contains("digests.model", asked.Bound.Select(field => field.Field));
        Assert.Equal(409, (await office.Send(office["vera"], HttpMethod.Post, "approvals", new ApprovalRequest("late", 1, "again"))).Status);
        Assert.Contains("evidence_changed", (await office.Sign(asked.Id, "ann", new string('a', 64))).Body, StringComparison.Ordinal);

        var (status, body) = await office.Sign(asked.Id, "ann");

        Assert.True(status == 200, body);
        var granted = await office.Look(asked.Id);
        Assert.Equal((ApprovalStage.Granted, true, "ann"), (granted.State, granted.InForce, granted.SignOffs.Single().By));
        Assert.Equal(granted.EvidenceDigest, asked.EvidenceDigest);
        Assert.True((await State(office)).InForce);
        var allowed = await Gate(office);
        Assert.True(allowed.Allowed, string.Join(' ', allowed.Reasons));
        Assert.Equal(409, (await office.Sign(asked.Id, "ben")).Status);

        var changed = await office.Put(Office.Entry("Says who never pays."));

        Assert.Equal([asked.Id], changed.Voided!);
        var voided = await office.Look(asked.Id);
        Assert.Equal((ApprovalStage.Voided, false), (voided.State, voided.InForce));
        Assert.Contains("inventory.purpose changed from 'Says who pays late.' to 'Says who never pays.'", voided.EndedReason, StringComparison.Ordinal);
        Assert.False((await State(office)).InForce);
        var after = await Gate(office);
        Assert.Contains("inventory.purpose", string.Join(' ', after.Reasons), StringComparison.Ordinal);
        Assert.Equal(["approval.requested", "approval.signed", "approval.granted", "approval.voided"], await office.Facts($"approval/{asked.Id}"));
        Assert.Equal(["approval.void", "inventory.put", "approval.sign", "approval.request"], (await office.Audited()).Where(action => action.StartsWith("approval.", StringComparison.Ordinal) || action == "inventory.put").Take(4).OrderBy(Order));
    }

    // Entries of one transaction have one time.
    private static int Order(string action) => Array.IndexOf(["approval.void", "inventory.put", "approval.sign", "approval.request"], action);

    [Theory, EachDatabase]
    public async Task A_version_whose_files_are_elsewhere_is_not_approved_since_its_bytes_are_not_known(string database)
    {
        await using var office = await Office.Open(database);
        await office.Put(Office.Entry());
        foreach (var (call, body) in new (string, object)[] { ("registered-models/create", new { name = "late" }), ("model-versions/create", new { name = "late", source = "https://host/model.onnx", run_id = "of-elsewhere" }) })
        {
            var (status, text) = await office.Send(office["ada"], HttpMethod.Post, "/api/2.0/mlflow/" + call, body);
            Assert.True(status == 200, text);
        }

        var asked = await office.Ask();
        var signed = await office.Sign(asked.Id, "ann");

        Assert.Equal(RowVerdict.Missing, asked.Rows.Single(row => row.Requirement == "model-bytes").Verdict);
        Assert.Equal(403, signed.Status);
        Assert.Contains("digests.model", signed.Body, StringComparison.Ordinal);
        Assert.Equal((ApprovalStage.Requested, false), ((await office.Look(asked.Id)).State, (await State(office)).InForce));
    }

    [Theory, EachDatabase]
    public async Task Only_independent_people_sign_each_once_and_as_many_as_the_policy_asks_for(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set(Office.Policy + "\nsignOffs: 2");
        await office.Person("author", Role.Contributor, Role.Approver);
        await office.Person("keeper", Role.Approver);
        await office.Person("asker", Role.Approver);
        await office.Put(Office.Entry(owner: "keeper"));
        await office.Register(office["author"]);
        var asked = await office.Ask(by: "asker");
        using var program = await office.Server.Program(Role.Approver, "default");

        Assert.Contains("registered the version", (await office.Sign(asked.Id, "author")).Body, StringComparison.Ordinal);
        Assert.Contains("owns the model", (await office.Sign(asked.Id, "keeper")).Body, StringComparison.Ordinal);
        Assert.Contains("asked for this approval", (await office.Sign(asked.Id, "asker")).Body, StringComparison.Ordinal);
        Assert.Contains("service account", (await office.Send(program, HttpMethod.Post, $"approvals/{asked.Id}/sign", new SignRequest("beep", asked.EvidenceDigest))).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await office.Sign(asked.Id, "ann")).Status);
        Assert.Contains("has signed already", (await office.Sign(asked.Id, "ann")).Body, StringComparison.Ordinal);
        Assert.False((await State(office)).InForce);
        Assert.True((await office.Look(asked.Id, "ben")).Mine.MaySign);
        Assert.Equal(200, (await office.Sign(asked.Id, "ben")).Status);
        Assert.True((await State(office)).InForce);
    }

    [Theory, EachDatabase]
    public async Task A_row_that_is_not_met_refuses_until_an_exception_stands_for_it_and_again_when_that_ends(string database)
    {
        await using var office = await Office.Open(database);
        await office.Set();
        await office.Put(Office.Entry());
        await office.Register(office["ada"], auc: 0.6);
        var asked = await office.Ask();
        var refused = await office.Sign(asked.Id, "ann");
        Assert.Equal(403, refused.Status);
        Assert.Contains("auc: run.auc is 0.6; it must be at least 0.7.", refused.Body, StringComparison.Ordinal);
        Assert.Equal(["auc"], asked.Rows.Where(row => row.Verdict == RowVerdict.Unmet).Select(row => row.Requirement));
        var (ann, vera) = ((await office.Look(asked.Id, "ann")).Mine, asked.Mine);
        Assert.Equal((false, true, false), (ann.MaySign, ann.MayDecide, vera.MayDecide));
        Assert.True((await office.Read<Page<ApprovalRow>>("approvals?state=requested", "ann")).Items.Single().MayDecide);
        var end = office.Clock.GetUtcNow().AddDays(7).ToUnixTimeMilliseconds();

        Assert.Equal(400, (await office.Send(office["ann"], HttpMethod.Post, "exceptions", new ExceptionRequest("late", "bytes", "no", end))).Status);
        Assert.Equal(400, (await office.Send(office["ann"], HttpMethod.Post, "exceptions", new ExceptionRequest("late", "auc", "too long", end + (366L * 86_400_000)))).Status);
        var exception = await office.Done<ExceptionView>(office["ann"], HttpMethod.Post, "exceptions", new ExceptionRequest("late", "auc", "Few rows yet.", end, 1));
        Assert.Equal(409, (await office.Send(office["ben"], HttpMethod.Post, "exceptions", new ExceptionRequest("late", "auc", "Twice.", end, 1))).Status);

        Assert.Contains("evidence_changed", (await office.Sign(asked.Id, "ann", asked.EvidenceDigest)).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await office.Sign(asked.Id, "ann")).Status);
        var state = await State(office);
        Assert.Equal((true, end), (state.InForce, state.ExpiresMs));
        Assert.Equal(RowVerdict.Waived, (await office.Look(asked.Id)).Rows.Single(row => row.ExceptionId == exception.Id).Verdict);

        office.Clock.Advance(TimeSpan.FromDays(7));

        // Told by the clock at once, and noted by the job soon.
        state = await State(office);
        Assert.False(state.InForce);
        Assert.Contains("exception.auc", string.Join(' ', state.Reasons), StringComparison.Ordinal);
        await Office.Until(async () => (await office.Look(asked.Id)).State == ApprovalStage.Expired, "Nobody noted that the approval ran out.");
        await Office.Until(async () => (await office.Facts($"exception/{exception.Id}")).Contains("exception.ended"), "Nobody noted that the exception ran out.");
        Assert.Contains("approval.voided", await office.Facts($"approval/{asked.Id}"));
        Assert.Equal("expired", (await office.Read<Page<ExceptionView>>("exceptions")).Items.Single().EndedReason);
    }

    internal static Task<ApprovalState> State(Office office, long version = 1) => office.Server.Db.Read(tx => office.Get<IApprovals>().StateOf(tx, "default", "late", version), default);

    internal static Task<GateAnswer> Gate(Office office, string action = "endpoint.deploy", long version = 1) => office.Get<IGate>().Ask(
        new Caller("x", "x", PrincipalKind.Person, [new Grant("workspace/default", Level.Contributor)]), action, $"modelVersion/late/{version}", new Dictionary<string, string>(), default);

}
