using Slipway.Identity.Contracts;
using Slipway.Identity.SignIn;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Tests;

public sealed class AuditTests
{
    [Theory, EachDatabase]
    public async Task Every_change_is_in_the_audit_log_with_who_and_what(string database)
    {
        await using var house = await House.Open(database);
        var root = (await house.Admin.Get<SessionView>("session")).Principal.Id;
        var (_, ann) = await house.Person("ann", ("workspace/default", Role.Viewer));
        var key = await house.Key("bot");
        await house.Admin.Post<WorkspaceView>("workspaces", new CreateWorkspaceRequest("risk", "Risk"));
        await house.Admin.Post<InvitationView>($"people/{ann.Id}/invitation", new { });
        await house.Admin.Delete($"keys/{key.Key.Id}");
        await house.Admin.Delete($"service-accounts/{key.Key.PrincipalId}");
        await house.Admin.Delete($"people/{ann.Id}");

        Assert.Equal(
            new List<(string, string, string)>
            {
                (root, "server.setUp", $"person/{root}"), (root, "person.create", $"person/{ann.Id}"), (ann.Id, "person.password", $"person/{ann.Id}"), (root, "grant.create", "grant"),
                (root, "serviceAccount.create", $"serviceAccount/{key.Key.PrincipalId}"), (root, "grant.create", "grant"), (root, "key.create", $"key/{key.Key.Id}"), (root, "workspace.create", "workspace/risk"),
                (root, "person.invite", $"person/{ann.Id}"), (root, "key.revoke", $"key/{key.Key.Id}"), (root, "serviceAccount.deactivate", $"serviceAccount/{key.Key.PrincipalId}"),
                (root, "person.deactivate", $"person/{ann.Id}"),
            }.Order(),
            (await Entries(house)).Select(entry => entry.Action == "grant.create" ? (entry.Actor, entry.Action, "grant") : entry).Order());
    }

    [Theory, EachDatabase]
    public async Task A_refused_change_is_not_in_the_audit_log(string database)
    {
        await using var house = await House.Open(database);
        var before = (await Entries(house)).Count;

        await house.Admin.Post("people", new CreatePersonRequest("root", "Another"));
        await house.Admin.Post("workspaces", new CreateWorkspaceRequest("default", "Another"));
        await house.Admin.Post("grants", new CreateGrantRequest("nobody", "server", Role.Admin));

        Assert.Equal(before, (await Entries(house)).Count);
    }

    [Theory, EachDatabase]
    public async Task Sign_in_that_fails_often_is_noted_once_without_the_name_that_was_tried(string database)
    {
        await using var house = await House.Open(database);
        var root = (await house.Admin.Get<SessionView>("session")).Principal.Id;

        foreach (var name in new[] { "root", "my-secret-password" })
        {
            for (var i = 0; i < BackOff.FreePerName + 2; i++) { await house.Stranger().Post("sign-in", new SignInRequest(name, "wrong password")); }
        }

        Assert.Equal(
            [("system:sign-in", "signIn.blocked", "address/127.0.0.1"), ("system:sign-in", "signIn.blocked", $"person/{root}")],
            (await Entries(house)).Where(entry => entry.Action == "signIn.blocked"));
    }

    private static async Task<List<(string Actor, string Action, string Subject)>> Entries(House house) =>
        [.. (await house.Admin.Get<Page<AuditEntryView>>("audit?limit=100")).Items.Select(entry => (entry.Actor, entry.Action, entry.Object)).Where(entry => !entry.Action.StartsWith("audit.", StringComparison.Ordinal)).Order()];
}
