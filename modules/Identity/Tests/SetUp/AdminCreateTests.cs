using Slipway.Identity.Contracts;
using Slipway.Identity.Ports;
using Slipway.Kernel;

namespace Slipway.Identity.Tests.SetUp;

public sealed class AdminCreateTests
{
    private static readonly Uri PublicUrl = new("https://slipway.example/");

    [Theory, EachDatabase]
    public async Task It_makes_an_administrator_who_can_sign_in(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { Auth = "required" });
        using var api = new Api(server.NewClient());

        var (code, output) = await Run(server.Db, "ann", House.Password + "\n");

        Assert.Equal((0, "'ann' is an administrator and can sign in at https://slipway.example/."), (code, output));
        Assert.False((await api.Get<SignInView>("sign-in")).SetUpNeeded);
        Assert.Equal(204, (await api.Post("sign-in", new SignInRequest("ann", House.Password))).Status);
        Assert.Contains("identity.people.write", (await api.Get<SessionView>("session")).Permissions);
    }

    [Theory, EachDatabase]
    public async Task Without_a_password_it_prints_a_link_that_works_once(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { Auth = "required" });
        using var api = new Api(server.NewClient());

        var (code, output) = await Run(server.Db, "ann", null);
        var token = output.Split("https://slipway.example/set-up#token=")[1];

        Assert.Equal(0, code);
        Assert.Equal(204, (await api.Post("set-up", new SetUpRequest(token, House.Password))).Status);
        Assert.Equal("ann", (await api.Get<SessionView>("session")).Principal.Name);
    }

    [Theory, EachDatabase]
    public async Task It_lets_the_last_administrator_back_in(string database)
    {
        await using var house = await House.Open(database);

        Assert.Equal(0, (await Run(house.Server.Db, "root", "a quite new password")).Code);

        Assert.Equal(204, (await house.Stranger().Post("sign-in", new SignInRequest("root", "a quite new password"))).Status);
        Assert.Equal(401, (await house.Stranger().Post("sign-in", new SignInRequest("root", House.Password))).Status);
    }

    [Theory, EachDatabase]
    public async Task A_bad_name_or_password_changes_nothing(string database)
    {
        await using var house = await House.Open(database);
        var account = await house.ServiceAccount("bot");

        Assert.Equal((1, "A password has 12 to 256 characters; this one has 5."), await Run(house.Server.Db, "ann", "short"));
        Assert.Equal(1, (await Run(house.Server.Db, "Ann", null)).Code);
        Assert.StartsWith("'bot' names a person or service account already", (await Run(house.Server.Db, account.Name, null)).Output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> Run(Db db, string name, string? password)
    {
        await using var output = new StringWriter();
        var code = await AdminCreate.Run(db, PublicUrl, name, password is null ? null : new StringReader(password), output, TimeProvider.System, CancellationToken.None);
        return (code, output.ToString().TrimEnd());
    }
}
