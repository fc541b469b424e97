using System.Net.Http.Json;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Identity.Tests.Grants;

/// <summary>Grants on one experiment, natively; what they open and close is tested where experiments and models live.</summary>
public sealed class ObjectGrantTests
{
    private const string First = "workspace/default/experiment/0";
    private const string Mlflow = "/api/2.0/mlflow/";

    [Theory, EachDatabase]
    public async Task On_one_object_each_has_one_level_and_another_takes_its_place(string database)
    {
        await using var house = await House.Open(database);
        var (ann, person) = await house.Person("ann");
        Assert.Equal(404, (await ann.Get("w/default/experiments/0")).Status);

        var grant = await house.Grant(person.Id, First, Role.Viewer);
        Assert.Equal(200, (await ann.Get("w/default/experiments/0")).Status);
        Assert.Equal(["default"], (await ann.Get<SessionView>("session")).Workspaces.Select(workspace => workspace.Name));
        Assert.Equal(409, (await house.Admin.Post("grants", new CreateGrantRequest(person.Id, First, Role.Viewer))).Status);

        var changed = await house.Grant(person.Id, First, Role.None);
        Assert.Equal((grant.Id, Role.None), (changed.Id, changed.Level));
        Assert.Equal(404, (await ann.Get("w/default/experiments/0")).Status);
        Assert.Contains("grant.change", (await house.Admin.Get("audit")).Body, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Resources_and_levels_that_make_no_sense_are_refused(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.Person("ann");

        foreach (var (resource, role, status) in new[]
        {
            ("workspace/default/experiment/77", Role.Viewer, 404), ("workspace/default/experiment/00", Role.Viewer, 404), ("workspace/default/model/none", Role.Viewer, 404),
            ("workspace/nowhere/experiment/0", Role.Viewer, 404), ("workspace/default/dataset/x", Role.Viewer, 400), ("workspace/default/experiment/", Role.Viewer, 400),
            ("workspace/*/experiment/0", Role.Viewer, 400), (First, Role.Auditor, 400), (First, Role.Approver, 400), ("workspace/default", Role.None, 400), ("server", Role.None, 400),
        })
        {
            Assert.Equal((resource, status), (resource, (await house.Admin.Post("grants", new CreateGrantRequest(person.Id, resource, role))).Status));
        }
    }

    [Theory, EachDatabase]
    public async Task Whoever_manages_an_object_gives_and_sees_grants_on_it_and_on_nothing_else(string database)
    {
        await using var house = await House.Open(database);
        var (manager, _) = await house.Person("mia", (First, Role.Admin));
        var (bob, person) = await house.Person("bob", ("workspace/default", Role.Contributor));

        var none = await manager.Post<GrantView>("grants", new CreateGrantRequest(person.Id, First, Role.None));
        Assert.Equal(403, (await manager.Post("grants", new CreateGrantRequest(person.Id, "workspace/default", Role.Viewer))).Status);
        Assert.Equal(403, (await manager.Post("grants", new CreateGrantRequest(person.Id, "workspace/default/experiment/1", Role.Viewer))).Status);
        Assert.Equal(403, (await bob.Post("grants", new CreateGrantRequest(person.Id, First, Role.Admin))).Status);
        Assert.Equal(404, (await bob.Get("w/default/experiments/0")).Status);

        Assert.Equal(["bob", "mia"], (await manager.Get<Page<GrantView>>($"grants?resource={First}")).Items.Select(grant => grant.PrincipalName).Order());
        Assert.Equal(["bob", "mia"], (await manager.Get<Page<GrantView>>("grants")).Items.Select(grant => grant.PrincipalName).Order());
        Assert.Equal(["workspace/default"], (await bob.Get<Page<GrantView>>("grants")).Items.Select(grant => grant.Resource));
        Assert.Contains("\"experiment_permissions\":[]", (await bob.Get(Mlflow + "users/current")).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await bob.Delete($"grants/{none.Id}")).Status);
        Assert.Equal(204, (await manager.Delete($"grants/{none.Id}")).Status);
        Assert.Equal(200, (await bob.Get("w/default/experiments/0")).Status);
    }

    [Theory, EachDatabase]
    public async Task Everybody_may_see_a_workspace_only_after_somebody_said_so(string database)
    {
        await using var house = await House.Open(database);
        var (ann, _) = await house.Person("ann");
        Assert.Equal(404, (await ann.Get("w/default/experiments")).Status);
        Assert.Equal(403, (await Everyone(ann, Role.Viewer)).Status);
        Assert.Equal(400, (await Everyone(house.Admin, Role.Admin)).Status);

        Assert.Equal(Role.Viewer, (await Everyone(house.Admin, Role.Viewer)).As<WorkspaceView>().Everyone);
        Assert.Equal(200, (await ann.Get("w/default/experiments")).Status);
        Assert.Equal(403, (await ann.Post("w/default/experiments", new { name = "mine" })).Status);

        await Everyone(house.Admin, Role.Member);
        Assert.Equal(201, (await ann.Post("w/default/experiments", new { name = "mine" })).Status);
        Assert.Equal(200, (await house.Stranger().Get("sign-in")).Status);
        Assert.Equal(401, (await house.Stranger().Get("w/default/experiments")).Status);

        await Everyone(house.Admin, null);
        Assert.Equal(404, (await ann.Get("w/default/experiments")).Status);
        Assert.Equal(3, (await house.Admin.Get("audit")).Body.Split("workspace.everyone").Length - 1);
    }

    [Theory, EachDatabase]
    public async Task Whoever_made_something_manages_it_while_they_have_a_role_that_makes_such_things(string database)
    {
        await using var house = await House.Open(database);
        var (bob, person) = await house.Person("bob");
        var role = await house.Grant(person.Id, "workspace/default", Role.Contributor);
        var mine = (await bob.Post<ExperimentView>("w/default/experiments", new { name = "mine" })).ExperimentId;
        Assert.Equal(200, (await bob.Post(Mlflow + "registered-models/create", new { name = "mine" })).Status);
        using var key = house.WithKey((await bob.Post<CreatedKeyView>("keys", new CreateKeyRequest("test", "default", 1))).Secret);

        foreach (var api in (Api[])[bob, key]) { Assert.Equal((200, 200, 200), await Reach(api)); }

        await house.Admin.Delete($"grants/{role.Id}");
        foreach (var api in (Api[])[bob, key]) { Assert.Equal((404, 403, 403), await Reach(api)); }

        Assert.Equal(403, (await bob.Post("grants", new CreateGrantRequest(person.Id, $"workspace/default/experiment/{mine}", Role.Viewer))).Status);
        Assert.Equal(404, (await bob.Get("w/default/activity")).Status);
        role = await house.Grant(person.Id, "workspace/default", Role.Viewer);
        Assert.Equal((200, 200, 403), await Reach(bob));
        await house.Admin.Delete($"grants/{role.Id}");

        // Given by somebody else, it is theirs without a role.
        Assert.Equal(201, (await house.Admin.Post("grants", new CreateGrantRequest(person.Id, $"workspace/default/experiment/{mine}", Role.Admin))).Status);
        Assert.Equal((200, 403, 200), await Reach(bob));
        await Everyone(house.Admin, Role.Member);
        Assert.Equal((200, 200, 200), await Reach(bob));

        Assert.Equal(204, (await house.Admin.Delete($"people/{person.Id}")).Status);
        foreach (var api in (Api[])[bob, key]) { Assert.Equal((401, 401, 401), await Reach(api)); }

        async Task<(int, int, int)> Reach(Api api) => (
            (await api.Get($"w/default/experiments/{mine}")).Status, (await api.Get(Mlflow + "registered-models/get?name=mine")).Status,
            (await api.Post(Mlflow + "experiments/set-experiment-tag", new { experiment_id = mine, key = "k", value = "v" })).Status);
    }

    [Theory, EachDatabase]
    public async Task A_program_that_is_removed_keeps_nothing_of_what_it_made(string database)
    {
        await using var house = await House.Open(database);
        var account = await house.ServiceAccount("robot", ("workspace/default", Role.Member));
        using var robot = house.WithKey((await house.Admin.Post<CreatedKeyView>("keys", new CreateKeyRequest("test", "default", 1, account.Id))).Secret);
        var mine = (await robot.Post<ExperimentView>("w/default/experiments", new { name = "mine" })).ExperimentId;
        Assert.Contains($"experiment/{mine}", (await house.Admin.Get("grants")).Body, StringComparison.Ordinal);

        await house.Admin.Delete($"service-accounts/{account.Id}");

        Assert.Equal(401, (await robot.Get($"w/default/experiments/{mine}")).Status);
        Assert.DoesNotContain($"experiment/{mine}", (await house.Admin.Get("grants")).Body, StringComparison.Ordinal);
        Assert.Equal(409, (await house.Admin.Post("service-accounts", new CreateServiceAccountRequest("robot", "robot", account.OwnerId))).Status);
    }

    [Theory, EachDatabase]
    public async Task A_key_for_a_program_is_kept_out_where_its_owner_is(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.Person("ann", ("workspace/default", Role.Contributor), (First, Role.None));
        var principals = house.Server.Services.GetService(typeof(Ports.IPrincipals)) as Ports.IPrincipals;
        var keys = house.Server.Services.GetService(typeof(Ports.ITaskKeys)) as Ports.ITaskKeys;
        var ann = await principals!.Find(person.Id, "default", default);

        var key = await keys!.Create(ann!, "test", TimeSpan.FromMinutes(1), default);

        Assert.Equal(404, (await house.WithKey(key.Value.Secret).Get("w/default/experiments/0")).Status);
        Assert.Equal(200, (await house.WithKey(key.Value.Secret).Get("w/default/runs")).Status);
    }

    [Fact]
    public async Task Nobody_has_more_grants_on_objects_than_the_limit()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var (ann, person) = await house.Person("ann", ("workspace/default", Role.Member));
        await house.Server.Db.Write(
            tx =>
            {
                for (var i = 0; i < Limits.ObjectGrantsPerPrincipal; i++) { Identity.Grants.GrantStore.Insert(tx, $"g{i}", person.Id, $"workspace/default/model/m{i}", Level.Viewer, "x", 0); }
            }, default);

        var given = await house.Admin.Post("grants", new CreateGrantRequest(person.Id, First, Role.Viewer));
        var made = await ann.Post("w/default/experiments", new { name = "mine" });

        Assert.Equal((409, "too_many_grants"), (given.Status, given.Problem.Code));
        Assert.Equal((409, "too_many_grants"), (made.Status, made.Problem.Code));
        Assert.Equal(201, (await house.Admin.Post("grants", new CreateGrantRequest(person.Id, "workspace/default", Role.Contributor))).Status);
        Assert.Equal(201, (await ann.Post("w/default/experiments", new { name = "ours" })).Status);
    }

    private static Task<Answer> Everyone(Api api, Role? role) =>
        api.Send(HttpMethod.Put, "workspaces/default/everyone", JsonContent.Create(new SetEveryoneRequest(role), options: WireJson.Options));
}
