using System.Text;
using Slipway.Identity.Contracts;

namespace Slipway.Identity.Tests.SignIn;

/// <summary>Class H5 of the attack suite, through HTTP.</summary>
public sealed class ForeignOriginTests
{
    private const string Body = """{"name":"mine","title":"Mine"}""";

    [Theory, EachDatabase]
    public async Task A_page_of_another_origin_cannot_use_a_session(string database)
    {
        await using var house = await House.Open(database);
        foreach (var origin in new[] { "https://evil.example", "null", "http://localhost:1", "" })
        {
            house.Admin.With("Origin", origin);
            Assert.Equal((403, "foreign_origin"), Outcome(await house.Admin.PostText("workspaces", Body)));
            Assert.Equal((403, "foreign_origin"), Outcome(await house.Admin.PostText("sign-out", "")));
        }

        house.Admin.Headers.Remove("Origin");
        Assert.Equal(201, (await house.Admin.PostText("workspaces", Body)).Status);
    }

    [Theory, EachDatabase]
    public async Task A_page_of_another_origin_cannot_use_the_place_at_the_machine(string database)
    {
        await using var server = await TestServer.Start(database);
        using var api = new Api(server.NewClient());

        Assert.Equal((403, "foreign_origin"), Outcome(await api.With("Origin", "https://evil.example").PostText("workspaces", Body)));
        Assert.Equal((403, "foreign_origin"), Outcome(await api.With("Origin", "null").PostText("workspaces", Body)));
        Assert.Equal((403, "foreign_origin"), Outcome(await api.With("Origin", "https://evil.example").Get("events")));
        Assert.Equal((403, "foreign_origin"), Outcome(await api.With("Origin", "").With("Sec-Fetch-Site", "cross-site").PostText("workspaces", Body)));
        api.Headers.Clear();
        // No route that takes JSON is offered the body of a form.
        Assert.Equal(415, (await api.PostText("workspaces", Body, "text/plain")).Status);
        Assert.Equal(415, (await api.PostText("workspaces", "name=mine", "application/x-www-form-urlencoded")).Status);
        Assert.Equal((403, "foreign_origin"), Outcome(await api.PostText("sign-out", "x", "text/plain")));
        Assert.Equal(201, (await api.PostText("workspaces", Body)).Status);
    }

    [Theory, EachDatabase]
    public async Task A_page_of_another_origin_cannot_listen_to_the_events_of_a_session(string database)
    {
        await using var house = await House.Open(database);

        Assert.Equal((403, "foreign_origin"), Outcome(await house.Admin.With("Origin", "https://evil.example").Get("events")));
    }

    [Theory, EachDatabase]
    public async Task A_page_of_another_origin_cannot_sign_a_browser_in(string database)
    {
        await using var house = await House.Open(database);
        var credentials = new SignInRequest("root", House.Password);

        Assert.Equal((403, "foreign_origin"), Outcome(await house.Stranger().With("Origin", "https://evil.example").Post("sign-in", credentials)));
        Assert.Equal(415, (await house.Stranger().PostText("sign-in", $$"""{"name":"root","password":"{{House.Password}}"}""", "text/plain")).Status);
        Assert.Equal((403, "foreign_origin"), Outcome(await house.Stranger().With("Origin", "https://evil.example").Post("set-up", new SetUpRequest("x", House.Password))));
        Assert.Equal(204, (await house.Stranger().Post("sign-in", credentials)).Status);
    }

    [Theory, EachDatabase]
    public async Task Programs_with_a_key_say_no_origin(string database)
    {
        await using var house = await House.Open(database);
        var key = await house.Admin.Post<CreatedKeyView>("keys", new CreateKeyRequest("x", "default", 1));

        Assert.Equal(201, (await house.WithKey(key.Secret).PostText("workspaces", Body)).Status);
    }

    [Theory, EachDatabase]
    public async Task Remembered_basic_credentials_do_not_work_from_another_origin(string database)
    {
        await using var house = await House.Open(database);
        using var browser = house.Stranger();
        browser.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("root:" + House.Password));

        Assert.Equal((403, "foreign_origin"), Outcome(await browser.With("Origin", "https://evil.example").PostText("workspaces", Body)));
        browser.Headers.Clear();
        Assert.Equal(201, (await browser.PostText("workspaces", Body)).Status);
    }

    private static (int, string) Outcome(Answer answer) => (answer.Status, answer.Problem.Code);
}
