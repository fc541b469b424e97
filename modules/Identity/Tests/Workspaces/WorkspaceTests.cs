using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Tests.Workspaces;

public sealed class WorkspaceTests
{
    [Theory, EachDatabase]
    public async Task A_new_server_has_one_workspace_and_says_so(string database)
    {
        await using var house = await House.Open(database);

        Assert.Equal([new WorkspaceView("default", "Default", 0)], (await house.Admin.Get<Page<WorkspaceView>>("workspaces")).Items);
    }

    [Theory, EachDatabase]
    public async Task Each_caller_sees_the_workspaces_of_their_grants(string database)
    {
        await using var house = await House.Open(database);
        foreach (var name in new[] { "risk", "retail" }) { await house.Admin.Post<WorkspaceView>("workspaces", new CreateWorkspaceRequest(name, name)); }

        var (one, _) = await house.Person("one", ("workspace/risk", Role.Viewer), ("workspace/risk", Role.Approver));
        var (all, _) = await house.Person("all", ("workspace/*", Role.Viewer));
        var (none, _) = await house.Person("none");

        Assert.Equal(["risk"], await Names(one));
        Assert.Equal(["default", "retail", "risk"], await Names(all));
        Assert.Empty(await Names(none));
        var session = await one.Get<SessionView>("session");
        Assert.Equal([Role.Viewer, Role.Approver], session.Workspaces.Single().Roles);
        Assert.Empty(session.Permissions);

        static async Task<IEnumerable<string>> Names(Api api) => (await api.Get<Page<WorkspaceView>>("workspaces")).Items.Select(workspace => workspace.Name);
    }

    [Theory, EachDatabase]
    public async Task A_name_is_taken_once_and_fits_a_url(string database)
    {
        await using var house = await House.Open(database);

        Assert.Equal(409, (await house.Admin.Post("workspaces", new CreateWorkspaceRequest("default", "Mine"))).Status);
        foreach (var name in new[] { "", "A", "a_b", "-a", "a-", "a/b", "*", "..", "a b", new string('a', 64) })
        {
            Assert.Equal(400, (await house.Admin.Post("workspaces", new CreateWorkspaceRequest(name, "Mine"))).Status);
        }
    }

    [Theory, EachDatabase]
    public async Task A_workspace_that_does_not_exist_is_a_404_also_for_an_administrator(string database)
    {
        await using var house = await House.Open(database);

        foreach (var name in new[] { "nowhere", "NOWHERE", "%2e%2e", "x'--" })
        {
            Assert.Equal(404, (await house.Admin.Get($"w/{name}/activity")).Status);
        }

        Assert.Equal(200, (await house.Admin.Get("w/default/activity")).Status);
    }
}
