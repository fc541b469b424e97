using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Tests.Grants;

public sealed class GrantTests
{
    [Theory, EachDatabase]
    public async Task A_role_given_and_taken_counts_at_once(string database)
    {
        await using var house = await House.Open(database);
        var (ann, person) = await house.Person("ann");
        Assert.Equal(403, (await ann.Get("people")).Status);

        var grant = await house.Grant(person.Id, "server", Role.Auditor);
        Assert.Equal(200, (await ann.Get("people")).Status);

        Assert.Equal(204, (await house.Admin.Delete($"grants/{grant.Id}")).Status);
        Assert.Equal(403, (await ann.Get("people")).Status);
        Assert.Equal(404, (await house.Admin.Delete($"grants/{grant.Id}")).Status);
    }

    [Theory, EachDatabase]
    public async Task Nobody_gives_what_reaches_further_than_what_they_administer(string database)
    {
        await using var house = await House.Open(database);
        await house.Admin.Post<WorkspaceView>("workspaces", new CreateWorkspaceRequest("risk", "Risk"));
        var (admin, adminPerson) = await house.Person("rita", ("workspace/risk", Role.Admin));
        var (viewer, person) = await house.Person("vera", ("workspace/risk", Role.Viewer));

        foreach (var resource in new[] { "server", "workspace/*", "workspace/default", "workspace/nowhere" })
        {
            Assert.Equal(403, (await admin.Post("grants", new CreateGrantRequest(adminPerson.Id, resource, Role.Viewer))).Status);
            Assert.Equal(403, (await viewer.Post("grants", new CreateGrantRequest(person.Id, resource, Role.Viewer))).Status);
        }

        Assert.Equal(403, (await viewer.Post("grants", new CreateGrantRequest(person.Id, "workspace/risk", Role.Contributor))).Status);
        Assert.Equal(201, (await admin.Post("grants", new CreateGrantRequest(person.Id, "workspace/risk", Role.Contributor))).Status);
    }

    [Theory, EachDatabase]
    public async Task A_grant_is_seen_by_its_principal_and_by_those_who_oversee_its_resource(string database)
    {
        await using var house = await House.Open(database);
        await house.Admin.Post<WorkspaceView>("workspaces", new CreateWorkspaceRequest("risk", "Risk"));
        var (risk, _) = await house.Person("rita", ("workspace/risk", Role.Admin));
        var (viewer, person) = await house.Person("vera", ("workspace/risk", Role.Viewer), ("workspace/default", Role.Viewer));
        var inDefault = (await house.Admin.Get<Page<GrantView>>($"grants?principal={person.Id}")).Items.Single(grant => grant.Resource == "workspace/default");

        Assert.Equal(["rita workspace/risk", "vera workspace/risk"], await Seen(risk));
        Assert.Equal(["vera workspace/default", "vera workspace/risk"], await Seen(viewer));
        Assert.Equal(["rita workspace/risk", "root server", "vera workspace/default", "vera workspace/risk"], await Seen(house.Admin));
        Assert.Equal(404, (await risk.Delete($"grants/{inDefault.Id}")).Status);
        Assert.Equal(403, (await viewer.Delete($"grants/{inDefault.Id}")).Status);

        static async Task<IEnumerable<string>> Seen(Api api) => (await api.Get<Page<GrantView>>("grants")).Items.Select(grant => $"{grant.PrincipalName} {grant.Resource}").Order();
    }

    [Theory, EachDatabase]
    public async Task The_last_administrator_stays(string database)
    {
        await using var house = await House.Open(database);
        var own = (await house.Admin.Get<Page<GrantView>>("grants")).Items.Single();
        var invited = await house.Invite("second");
        await house.Grant(invited.Person.Id, "server", Role.Admin);

        // The second has no password yet, so could not take over.
        Assert.Equal((409, "last_admin"), Outcome(await house.Admin.Delete($"grants/{own.Id}")));
        Assert.Equal((409, "last_admin"), Outcome(await house.Admin.Delete($"people/{own.PrincipalId}")));

        await house.Stranger().Post("set-up", new SetUpRequest(House.TokenOf(invited.Invitation), House.Password));
        Assert.Equal(204, (await house.Admin.Delete($"people/{own.PrincipalId}")).Status);
        Assert.Equal(401, (await house.Admin.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task Two_administrators_who_remove_each_other_at_once_leave_one(string database)
    {
        await using var house = await House.Open(database);
        var (second, person) = await house.Person("second", ("server", Role.Admin));
        var root = (await house.Admin.Get<SessionView>("session")).Principal.Id;

        var answers = await Task.WhenAll(house.Admin.Delete($"people/{person.Id}"), second.Delete($"people/{root}"));

        Assert.Single(answers, answer => answer.Status == 204);
    }

    [Theory, EachDatabase]
    public async Task A_grant_needs_a_resource_a_principal_and_a_level_that_exist(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.Person("ann", ("workspace/default", Role.Viewer));

        foreach (var resource in new[] { "", "workspace", "workspace/", "workspace/A", "workspace/**", "experiment/1", "*", "Server" })
        {
            Assert.Equal((400, "invalid"), Outcome(await house.Admin.Post("grants", new CreateGrantRequest(person.Id, resource, Role.Viewer))));
        }

        Assert.Equal((404, "not_found"), Outcome(await house.Admin.Post("grants", new CreateGrantRequest(person.Id, "workspace/nowhere", Role.Viewer))));
        Assert.Equal((400, "invalid"), Outcome(await house.Admin.Post("grants", new CreateGrantRequest("nobody", "server", Role.Viewer))));
        Assert.Equal((409, "granted_already"), Outcome(await house.Admin.Post("grants", new CreateGrantRequest(person.Id, "workspace/default", Role.Viewer))));
        Assert.Equal(400, (await house.Admin.PostText("grants", $$"""{"principalId":"{{person.Id}}","resource":"server","level":"owner"}""")).Status);
        Assert.Equal(400, (await house.Admin.PostText("grants", $$"""{"principalId":"{{person.Id}}","resource":"server","level":4}""")).Status);
    }

    private static (int, string) Outcome(Answer answer) => (answer.Status, answer.Problem.Code);
}
