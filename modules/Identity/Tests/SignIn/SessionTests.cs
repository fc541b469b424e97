using Slipway.Identity.Contracts;

namespace Slipway.Identity.Tests.SignIn;

public sealed class SessionTests
{
    [Theory, EachDatabase]
    public async Task Signing_in_and_out_begins_and_ends_a_session(string database)
    {
        await using var house = await House.Open(database);
        using var browser = house.Stranger();

        Assert.Equal(204, (await browser.Post("sign-in", new SignInRequest("root", House.Password))).Status);
        var cookie = browser.Cookie;
        Assert.Equal("root", (await browser.Get<SessionView>("session")).Principal.Name);
        Assert.Equal(204, (await browser.Post("sign-out", null)).Status);

        Assert.Null(browser.Cookie);
        browser.Cookie = cookie;
        Assert.Equal(401, (await browser.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task Over_https_the_cookie_has_every_flag_that_there_is(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { Auth = "required", PublicUrl = "https://127.0.0.1" });
        using var browser = new Api(server.NewClient());
        var token = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Slipway.Identity.SetUp.SetUpLink>(server.Services).Printed!.Token;

        var flags = (await browser.Post("set-up", new SetUpRequest(token, House.Password, "root"))).SetCookie!.Split("; ");

        Assert.Matches("^__Host-slipway=[A-Za-z0-9_-]{43}$", flags[0]);
        Assert.Equal(["httponly", "max-age=604800", "path=/", "samesite=lax", "secure"], flags[1..].Order());
        Assert.Equal(200, (await browser.Get("session")).Status);
        browser.Cookie = browser.Cookie!.Replace("__Host-", "", StringComparison.Ordinal);
        Assert.Equal(401, (await browser.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task Over_plain_http_the_cookie_has_another_name(string database)
    {
        await using var house = await House.Open(database);

        var flags = (await house.Stranger().Post("sign-in", new SignInRequest("root", House.Password))).SetCookie!.Split("; ");

        Assert.StartsWith("slipway=", flags[0], StringComparison.Ordinal);
        Assert.Equal(["httponly", "max-age=604800", "path=/", "samesite=lax"], flags[1..].Order());
    }

    [Theory, EachDatabase]
    public async Task A_session_ends_when_idle_for_eight_hours(string database)
    {
        await using var house = await House.Open(database);

        for (var i = 0; i < 3; i++)
        {
            house.Clock.Advance(TimeSpan.FromHours(7.9));
            Assert.Equal(200, (await house.Admin.Get("session")).Status);
        }

        house.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(401, (await house.Admin.Get("session")).Status);
        Assert.Null(house.Admin.Cookie);
    }

    [Theory, EachDatabase]
    public async Task A_session_ends_after_seven_days_however_busy(string database)
    {
        await using var house = await House.Open(database);

        for (var hours = 0; hours < 161; hours += 7)
        {
            house.Clock.Advance(TimeSpan.FromHours(7));
            Assert.Equal(200, (await house.Admin.Get("session")).Status);
        }

        house.Clock.Advance(TimeSpan.FromHours(7));
        Assert.Equal(401, (await house.Admin.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task Signing_in_ends_the_session_that_the_browser_had(string database)
    {
        await using var house = await House.Open(database);
        var before = house.Admin.Cookie;

        Assert.Equal(204, (await house.Admin.Post("sign-in", new SignInRequest("root", House.Password))).Status);

        Assert.NotEqual(before, house.Admin.Cookie);
        Assert.Equal(200, (await house.Admin.Get("session")).Status);
        using var old = house.Stranger();
        old.Cookie = before;
        Assert.Equal(401, (await old.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_token_is_not_in_the_database(string database)
    {
        await using var house = await House.Open(database);
        var token = house.Admin.Cookie!.Split('=')[1];

        var rows = await house.Server.Db.Read(tx => tx.Query($"SELECT session_id, token_hash FROM identity_sessions LIMIT 10", row => (row.GetString(0), row.GetFieldValue<byte[]>(1))), default);

        var (id, hash) = Assert.Single(rows);
        Assert.NotEqual(token, id);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)), hash);
    }

    [Theory, EachDatabase]
    public async Task A_stale_cookie_does_not_stand_in_the_way_of_signing_in(string database)
    {
        await using var house = await House.Open(database);
        using var browser = house.Stranger();
        browser.Cookie = "slipway=stale";

        Assert.Equal(204, (await browser.Post("sign-in", new SignInRequest("root", House.Password))).Status);
        Assert.Equal(200, (await browser.Get("session")).Status);
    }
}
