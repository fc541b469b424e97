using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Identity.SetUp;

namespace Slipway.Identity.Tests.SetUp;

public sealed class FirstStartTests
{
    [Theory, EachDatabase]
    public async Task The_link_of_the_first_start_makes_the_first_administrator_and_signs_in(string database)
    {
        await using var house = await House.Open(database);

        var session = await house.Admin.Get<SessionView>("session");

        Assert.Equal("root", session.Principal.Name);
        Assert.Equal(SessionPrincipalKind.Person, session.Principal.Kind);
        Assert.Equal(["default"], session.Workspaces.Select(workspace => workspace.Name));
        Assert.Equal([Role.Admin], session.Workspaces[0].Roles);
        Assert.Superset(new HashSet<string> { "identity.people.write", "audit.read", "audit.export", "server.metrics.read" }, session.Permissions.ToHashSet());
        Assert.Superset(new HashSet<string> { "identity.grants.write", "activity.read" }, session.Workspaces[0].Permissions.ToHashSet());
    }

    [Theory, EachDatabase]
    public async Task The_link_works_once(string database)
    {
        await using var house = await House.Open(database);

        var again = await house.Stranger().Post("set-up", new SetUpRequest(house.SetUpToken, House.Password, "second"));

        Assert.Equal((400, "link_spent"), (again.Status, again.Problem.Code));
    }

    [Theory, EachDatabase]
    public async Task The_link_ends_after_fifteen_minutes(string database)
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(database, options => options with { Auth = "required" }, null, clock);
        clock.Advance(TimeSpan.FromMinutes(15));

        using var api = new Api(server.NewClient());
        var late = await api.Post("set-up", new SetUpRequest(server.Services.GetRequiredService<SetUpLink>().Printed!.Token, House.Password, "root"));

        Assert.Equal((400, "link_spent"), (late.Status, late.Problem.Code));
        Assert.True((await api.Get<SignInView>("sign-in")).SetUpNeeded);
    }

    [Theory, EachDatabase]
    public async Task A_short_password_or_a_missing_name_does_not_spend_the_link(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { Auth = "required" });
        var token = server.Services.GetRequiredService<SetUpLink>().Printed!.Token;
        using var api = new Api(server.NewClient());

        var bad = await api.Post("set-up", new SetUpRequest(token, "elevenchars"));
        var good = await api.Post("set-up", new SetUpRequest(token, "twelve chars", "root"));

        Assert.Equal(400, bad.Status);
        Assert.Equal(["password", "name"], bad.Problem.Errors!.Select(fault => fault.Field));
        Assert.Equal(204, good.Status);
    }

    [Theory, EachDatabase]
    public async Task There_is_no_default_password(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { Auth = "required" });
        using var api = new Api(server.NewClient());

        foreach (var (name, password) in new[] { ("admin", "admin"), ("admin", "password1234"), ("admin", ""), ("root", "root"), ("slipway", "slipway"), ("local-owner", "") })
        {
            Assert.Equal(401, (await api.Post("sign-in", new SignInRequest(name, password))).Status);
        }

        Assert.Equal(401, (await api.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task In_local_mode_nobody_needs_to_set_up(string database)
    {
        await using var server = await TestServer.Start(database);
        using var api = new Api(server.NewClient());

        Assert.Equal(new SignInView(AuthMode.Local, false, false), await api.Get<SignInView>("sign-in"));
        Assert.Null(server.Services.GetRequiredService<SetUpLink>().Printed);
    }
}
