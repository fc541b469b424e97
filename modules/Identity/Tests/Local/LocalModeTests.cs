using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Tests.Local;

public sealed class LocalModeTests
{
    [Theory, EachDatabase]
    public async Task Whoever_sits_at_the_machine_is_the_owner(string database)
    {
        await using var server = await TestServer.Start(database);
        using var api = new Api(server.NewClient());

        var session = await api.Get<SessionView>("session");

        Assert.Equal(new SessionPrincipalView("local-owner", "local-owner", "local-owner", SessionPrincipalKind.LocalOwner), session.Principal);
        Assert.Equal(AuthMode.Local, session.Mode);
        Assert.Equal([Role.Admin], session.Workspaces.Single().Roles);
    }

    [Theory, EachDatabase]
    public async Task A_request_that_a_proxy_passed_on_is_nobody_s(string database)
    {
        await using var server = await TestServer.Start(database);
        foreach (var (name, value) in new[]
        {
            ("Forwarded", "for=192.0.2.1"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Host", "a"), ("x-forwarded-proto", "https"), ("X-Forwarded-Anything", "1"),
            ("Via", "1.1 proxy"), ("X-Real-IP", "127.0.0.1"), ("X-Original-For", "127.0.0.1"),
        })
        {
            using var api = new Api(server.NewClient());
            var answer = await api.With(name, value).Get("session");
            Assert.Equal((401, "not_local"), (answer.Status, answer.Problem.Code));
        }
    }

    [Theory, EachDatabase]
    public async Task A_request_for_another_name_of_the_server_is_nobody_s(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { AllowedHosts = "slipway.example" });
        using var api = new Api(server.NewClient());

        var answer = await api.With("Host", "slipway.example").Get("session");
        api.Headers["Host"] = "localhost";

        Assert.Equal((401, "not_local"), (answer.Status, answer.Problem.Code));
        Assert.Equal(200, (await api.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task Wrong_credentials_are_never_the_owner(string database)
    {
        await using var server = await TestServer.Start(database);
        foreach (var header in new[] { "Bearer x", "Bearer ", "Bearer", "Basic", "Basic !", "Basic bG9jYWwtb3duZXI6", "Negotiate x", "" })
        {
            using var api = new Api(server.NewClient()) { Authorization = header };
            Assert.Equal(401, (await api.Get("session")).Status);
        }

        using var stale = new Api(server.NewClient()) { Cookie = "slipway=stale" };
        Assert.Equal(401, (await stale.Get("session")).Status);
        Assert.Null(stale.Cookie);
        Assert.Equal(200, (await stale.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_second_person_signs_in_with_a_credential_of_their_own(string database)
    {
        await using var server = await TestServer.Start(database);
        using var owner = new Api(server.NewClient());
        var invited = await owner.Post<InvitedPersonView>("people", new CreatePersonRequest("ann", "Ann"));
        using var ann = new Api(server.NewClient());

        Assert.Equal(204, (await ann.Post("set-up", new SetUpRequest(House.TokenOf(invited.Invitation), House.Password))).Status);

        Assert.Equal("ann", (await ann.Get<SessionView>("session")).Principal.Name);
        Assert.Empty((await ann.Get<Page<WorkspaceView>>("workspaces")).Items);
        Assert.Equal("local-owner", (await owner.Get<SessionView>("session")).Principal.Name);
    }

    [Theory, EachDatabase]
    public async Task The_owner_s_programs_use_keys_of_service_accounts(string database)
    {
        await using var server = await TestServer.Start(database);
        using var owner = new Api(server.NewClient());

        var mine = await owner.Post("keys", new CreateKeyRequest("x", "default", 1));

        Assert.Equal((400, "principalId"), (mine.Status, mine.Problem.Field));
    }
}
