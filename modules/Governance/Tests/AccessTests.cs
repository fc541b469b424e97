using Slipway.Governance.Contracts;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Tests;

public sealed class AccessTests
{
    [Theory, EachDatabase]
    public async Task A_reader_is_refused_by_every_route_that_changes_something(string database)
    {
        await using var office = await Office.Open(database);

        await Walk(office).RefusesReaders();
    }

    [Theory, EachDatabase]
    public async Task A_member_of_another_workspace_is_refused_by_every_route_and_sees_nothing_of_this_one(string database)
    {
        await using var office = await Office.Open(database);
        var approval = await office.Approved();

        await Walk(office).RefusesStrangers();
        using var stranger = await office.Server.Program(Role.Admin, "retail");

        foreach (var list in (string[])["approvals", "exceptions", "inventory"])
        {
            Assert.Equal((200, """{"items":[]}"""), await office.Send(stranger, HttpMethod.Get, $"/api/v1/w/retail/{list}"));
        }

        Assert.Equal(404, (await office.Send(stranger, HttpMethod.Get, $"/api/v1/w/retail/approvals/{approval.Id}")).Status);
        Assert.Equal(404, (await office.Send(stranger, HttpMethod.Get, "/api/v1/w/retail/inventory/late")).Status);
        Assert.Equal(404, (await office.Send(stranger, HttpMethod.Post, $"/api/v1/w/retail/approvals/{approval.Id}/withdraw", new EndRequest("mine"))).Status);
        Assert.Equal(0, (await office.Done<PolicyView>(stranger, HttpMethod.Get, "/api/v1/w/retail/policy")).Version);
        Assert.True((await office.Look(approval.Id)).InForce);
    }

    [Theory, EachDatabase]
    public async Task Nobody_does_what_belongs_to_another_role(string database)
    {
        await using var office = await Office.Open(database);
        var approval = await office.Approved();
        (string Who, HttpMethod Method, string Path, object Body)[] tries =
        [
            ("vera", HttpMethod.Put, "policy", new PolicyRequest(Office.Policy, "mine")), ("ann", HttpMethod.Put, "policy", new PolicyRequest(Office.Policy, "mine")),
            ("ann", HttpMethod.Put, "inventory/late", Office.Entry("mine")), ("ada", HttpMethod.Post, $"approvals/{approval.Id}/sign", new SignRequest("mine", approval.EvidenceDigest)),
            ("vera", HttpMethod.Post, $"approvals/{approval.Id}/refuse", new EndRequest("no")), ("vera", HttpMethod.Post, $"approvals/{approval.Id}/withdraw", new EndRequest("no")),
            ("ada", HttpMethod.Post, "exceptions", new ExceptionRequest("late", "auc", "no", long.MaxValue)), ("vera", HttpMethod.Post, "exceptions/0192/withdraw", new EndRequest("no")),
            ("olga", HttpMethod.Post, "approvals", new ApprovalRequest("late", 1, "no")),
        ];

        foreach (var (who, method, path, body) in tries) { Assert.Equal((who, path, 403), (who, path, (await office.Send(office[who], method, path, body)).Status)); }

        Assert.True((await office.Look(approval.Id)).InForce);
        Assert.Single((await office.Read<Page<ApprovalRow>>("approvals?state=granted&model=late")).Items);
    }

    private static AccessWalk Walk(Office office) => new(office.Server, "governance", ("{model}", "late"), ("{id}", "0192"), ("{version}", "1"));
}
