using System.Text;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Tests.Keys;

public sealed class KeyFlowTests
{
    [Theory, EachDatabase]
    public async Task A_key_works_as_bearer_and_as_the_password_of_any_name(string database)
    {
        await using var house = await House.Open(database);
        var key = await house.Key("ci");
        using var bearer = house.WithKey(key.Secret);
        using var basic = new Api(house.Server.NewClient()) { Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("whoever:" + key.Secret)) };

        Assert.Equal(("ci", SessionPrincipalKind.ServiceAccount), await NameAndKind(bearer));
        Assert.Equal(("ci", SessionPrincipalKind.ServiceAccount), await NameAndKind(basic));
    }

    [Theory, EachDatabase]
    public async Task A_revoked_key_ends_at_once(string database)
    {
        await using var house = await House.Open(database);
        var key = await house.Key("ci");
        using var program = house.WithKey(key.Secret);
        Assert.Equal(200, (await program.Get("session")).Status);

        Assert.Equal(204, (await house.Admin.Delete($"keys/{key.Key.Id}")).Status);

        Assert.Equal(401, (await program.Get("session")).Status);
        Assert.Equal(204, (await house.Admin.Delete($"keys/{key.Key.Id}")).Status);
        Assert.NotNull((await house.Admin.Get<Page<KeyView>>("keys")).Items.Single().RevokedMs);
    }

    [Theory, EachDatabase]
    public async Task A_key_ends_with_its_last_day(string database)
    {
        await using var house = await House.Open(database);
        using var program = house.WithKey((await house.Key("ci", days: 1)).Secret);

        house.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await program.Get("session")).Status);
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await program.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_verified_key_is_known_for_a_minute_without_the_database(string database)
    {
        await using var house = await House.Open(database);
        using var program = house.WithKey((await house.Key("ci")).Secret);
        Assert.Equal(200, (await program.Get("session")).Status);

        // Behind the server's back, as another replica would.
        await house.Server.Db.Write(tx => tx.Execute($"UPDATE identity_keys SET revoked_ms = 1"), CancellationToken.None);

        house.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(200, (await program.Get("session")).Status);
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await program.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task Its_last_use_is_noted_once_a_minute(string database)
    {
        await using var house = await House.Open(database);
        using var program = house.WithKey((await house.Key("ci")).Secret);
        var start = house.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        var noted = new List<long?> { await LastUsed() };
        foreach (var seconds in new[] { 0, 30, 31 })
        {
            house.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await program.Get("session");
            noted.Add(await LastUsed());
        }

        Assert.Equal([null, start, start, start + 61_000], noted);

        async Task<long?> LastUsed() => (await house.Admin.Get<Page<KeyView>>("keys")).Items.Single().LastUsedMs;
    }

    [Theory, EachDatabase]
    public async Task A_capped_key_does_less_than_its_owner_and_makes_no_keys(string database)
    {
        await using var house = await House.Open(database);
        var made = await house.Admin.Post<CreatedKeyView>("keys", new CreateKeyRequest("dashboard", "default", 30, null, Role.Viewer));
        using var program = house.WithKey(made.Secret);

        Assert.Equal(403, (await program.Get("people")).Status);
        Assert.Equal(403, (await program.Post("workspaces", new CreateWorkspaceRequest("x", "X"))).Status);
        Assert.Equal(403, (await program.Post("grants", new CreateGrantRequest(made.Key.PrincipalId, "server", Role.Auditor))).Status);
        Assert.Equal(403, (await program.Post("keys", new CreateKeyRequest("more", "default", 30))).Status);
        var session = await program.Get<SessionView>("session");
        Assert.DoesNotContain(session.Permissions.Concat(session.Workspaces[0].Permissions), permission => permission.EndsWith(".write", StringComparison.Ordinal));
        Assert.Contains("activity.read", session.Workspaces[0].Permissions);
    }

    [Theory, EachDatabase]
    public async Task The_key_s_home_is_the_workspace_of_requests_that_name_none(string database)
    {
        await using var house = await House.Open(database);
        await house.Admin.Post<WorkspaceView>("workspaces", new CreateWorkspaceRequest("risk", "Risk"));
        var account = await house.ServiceAccount("ci", ("workspace/risk", Role.Contributor));

        var inRisk = await house.Admin.Post<CreatedKeyView>("keys", new CreateKeyRequest("a", "risk", 30, account.Id));
        var elsewhere = await house.Admin.Post("keys", new CreateKeyRequest("b", "default", 30, account.Id));

        Assert.Equal("risk", inRisk.Key.Workspace);
        Assert.Equal((400, "workspace"), (elsewhere.Status, elsewhere.Problem.Field));
    }

    [Theory, EachDatabase]
    public async Task Nobody_makes_or_sees_the_keys_of_another_person(string database)
    {
        await using var house = await House.Open(database);
        var (ann, annPerson) = await house.Person("ann", ("workspace/default", Role.Contributor));
        var (bob, _) = await house.Person("bob", ("workspace/default", Role.Contributor));
        var key = await ann.Post<CreatedKeyView>("keys", new CreateKeyRequest("mine", "default", 30));

        Assert.Equal(403, (await bob.Post("keys", new CreateKeyRequest("hers", "default", 30, annPerson.Id))).Status);
        Assert.Equal(403, (await house.Admin.Post("keys", new CreateKeyRequest("hers", "default", 30, annPerson.Id))).Status);
        Assert.Equal(404, (await bob.Delete($"keys/{key.Key.Id}")).Status);
        Assert.Empty((await bob.Get<Page<KeyView>>("keys")).Items);
        Assert.Empty((await bob.Get<Page<KeyView>>($"keys?principal={annPerson.Id}")).Items);
        Assert.Equal(key.Key.Id, (await ann.Get<Page<KeyView>>("keys")).Items.Single().Id);
    }

    [Theory, EachDatabase]
    public async Task The_owner_of_a_service_account_keeps_its_keys(string database)
    {
        await using var house = await House.Open(database);
        var (owner, person) = await house.Person("ann", ("workspace/default", Role.Viewer));
        var account = await house.Admin.Post<ServiceAccountView>("service-accounts", new CreateServiceAccountRequest("bot", "Bot", person.Id));
        await house.Grant(account.Id, "workspace/default", Role.Contributor);

        var first = await owner.Post<CreatedKeyView>("keys", new CreateKeyRequest("old", "default", 30, account.Id));
        using var bot = house.WithKey(first.Secret);
        var second = await bot.Post<CreatedKeyView>("keys", new CreateKeyRequest("new", "default", 30));

        Assert.Equal(["new", "old"], (await owner.Get<Page<KeyView>>("keys")).Items.Select(key => key.Name).Order());
        Assert.Equal(204, (await owner.Delete($"keys/{first.Key.Id}")).Status);
        Assert.Equal(401, (await bot.Get("session")).Status);
        Assert.Equal("bot", (await house.WithKey(second.Secret).Get<SessionView>("session")).Principal.Name);
    }

    [Theory, EachDatabase]
    public async Task Pages_of_keys_hold_each_key_once(string database)
    {
        await using var house = await House.Open(database);
        for (var i = 0; i < 5; i++) { await house.Admin.Post<CreatedKeyView>("keys", new CreateKeyRequest($"key {i}", "default", 1)); }

        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await house.Admin.Get<Page<KeyView>>("keys?limit=2" + (cursor.Length == 0 ? "" : "&cursor=" + cursor));
            seen.AddRange(page.Items.Select(key => key.Name));
            cursor = page.Next ?? "";
        }
        while (cursor.Length > 0);

        Assert.Equal(["key 0", "key 1", "key 2", "key 3", "key 4"], seen.Order());
        Assert.Equal(400, (await house.Admin.Get("keys?cursor=x")).Status);
        Assert.Equal(400, (await house.Admin.Get("keys?limit=0")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_key_lives_at_most_a_year_and_is_given_in_no_list(string database)
    {
        await using var house = await House.Open(database);

        var long_ = await house.Admin.Post("keys", new CreateKeyRequest("x", "default", 366));
        var made = await house.Admin.Post<CreatedKeyView>("keys", new CreateKeyRequest("x", "default", 365));

        Assert.Equal((400, "expiresInDays"), (long_.Status, long_.Problem.Field));
        Assert.DoesNotContain(made.Secret.Split('_')[3], (await house.Admin.Get("keys")).Body, StringComparison.Ordinal);
    }

    private static async Task<(string, SessionPrincipalKind)> NameAndKind(Api api)
    {
        var principal = (await api.Get<SessionView>("session")).Principal;
        return (principal.Name, principal.Kind);
    }
}
