using Slipway.Governance.Contracts;
using Slipway.Governance.Tests.Approvals;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Tests.Policies;

public sealed class PolicyRouteTests
{
    [Theory, EachDatabase]
    public async Task A_new_server_denies_what_serves_and_leaves_the_rest_to_permissions(string database)
    {
        await using var office = await Office.Open(database);
        var policy = await office.Read<PolicyView>("policy");
        await office.Register(office["ada"]);

        var (deploy, alias) = (await ApprovalLifeTests.Gate(office), await ApprovalLifeTests.Gate(office, "alias.set"));

        Assert.Equal((0, "default", true), (policy.Version, policy.Name, policy.InForce));
        Assert.Equal((false, "default v0"), (deploy.Allowed, deploy.Policy));
        Assert.Contains("owner: inventory.owner is not known; it must be there.", deploy.Reasons);
        Assert.Contains("four-fifths: fairness.worstRatio is not known; it must be at least 0.8.", deploy.Reasons);
        Assert.Equal((true, "none"), (alias.Allowed, alias.Policy));
        Assert.False((await office.Get<IGate>().Ask(Caller.ForJob("x", "default"), "endpoint.deploy", "modelVersion/late/9", new Dictionary<string, string>(), default)).Allowed);
        Assert.False((await office.Get<IGate>().Ask(Caller.ForJob("x", "default"), "endpoint.deploy", "endpoint/late", new Dictionary<string, string>(), default)).Allowed);
    }

    [Theory, EachDatabase]
    public async Task A_policy_is_set_as_a_version_and_one_with_faults_or_failing_tests_is_refused(string database)
    {
        await using var office = await Office.Open(database);
        const string Failing = Office.Policy + "\ntests:\n  - { name: nothing is enough, given: {}, expect: { allowed: true } }";

        var first = await office.Set();
        var again = await office.Set();
        var refused = await office.Send(office.Server.Http, HttpMethod.Put, "policy", new PolicyRequest(Failing, "because"));
        var faulty = await office.Send(office.Server.Http, HttpMethod.Put, "policy", new PolicyRequest("policy: x\nrows: []", "because"));
        var check = await office.Done<PolicyCheckView>(office["vera"], HttpMethod.Post, "policy/check", new PolicyRequest(Failing));
        var second = await office.Set(Office.Policy + "\nsignOffs: { default: 1, tier1: 3 }");

        Assert.Equal((1, 1, first.Digest), (first.Version, again.Version, again.Digest));
        Assert.Equal((422, true), (refused.Status, refused.Body.Contains("bytes: digests.model is not known", StringComparison.Ordinal)));
        Assert.Equal((422, true), (faulty.Status, faulty.Body.Contains("is missing", StringComparison.Ordinal)));
        Assert.Equal((false, false, 0), (check.Valid, check.Tests.Single().Passed, check.Faults.Count));
        Assert.Equal((2, true), (second.Version, second.InForce));
        Assert.Equal([3, 1, 1, 1], second.SignOffs);
        Assert.Equal([2L, 1, 0], (await office.Read<Page<PolicyView>>("policy/versions")).Items.Select(policy => policy.Version));
        Assert.Equal(Office.Policy, (await office.Read<PolicyView>("policy/versions/1")).Text);
        Assert.Equal(404, (await office.Send(office["vera"], HttpMethod.Get, "policy/versions/7")).Status);
        Assert.Contains("policy.set", await office.Audited());
        Assert.Equal(["policy.changed"], await office.Facts("policy/2"));
    }

    [Theory, EachDatabase]
    public async Task Another_policy_voids_what_was_approved_under_the_one_before(string database)
    {
        await using var office = await Office.Open(database);
        var approval = await office.Approved();

        await office.Set(Office.Policy.Replace("0.7", "0.75", StringComparison.Ordinal));

        var state = await ApprovalLifeTests.State(office);
        Assert.False(state.InForce);
        Assert.Contains("policy.digest", string.Join(' ', state.Reasons), StringComparison.Ordinal);
        await Office.Until(async () => (await office.Look(approval.Id)).State == ApprovalStage.Voided, "Nobody noted that the policy is another one.");
        Assert.Contains("approval.voided", await office.Facts($"approval/{approval.Id}"));
    }

    [Fact]
    public async Task A_policy_past_its_limits_is_refused()
    {
        await using var office = await Office.Open(TestDatabase.Sqlite);
        var row = "\n  - { name: r, evidence: e, operator: exists }";
        (string Text, string Expected)[] tries =
        [
            (Office.Policy + "\n# " + new string('x', Limits.PolicyBytes), $"at most {Limits.PolicyBytes}"),
            ("policy: p\ngoverns: []\nrows:" + string.Concat(Enumerable.Repeat(row, Limits.PolicyRows + 1)), $"at most {Limits.PolicyRows}"),
        ];

        foreach (var (text, expected) in tries)
        {
            var (status, body) = await office.Send(office.Server.Http, HttpMethod.Put, "policy", new PolicyRequest(text, "big"));
            Assert.True(status is 400 or 422, body);
            Assert.Contains(expected, body, StringComparison.Ordinal);
        }

        var entry = await office.Send(office.Server.Http, HttpMethod.Put, "inventory/late/text", new InventoryTextRequest("# " + new string('x', Limits.PolicyBytes)));
        Assert.Equal(400, entry.Status);
    }
}
