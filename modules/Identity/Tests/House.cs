using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Identity.SetUp;

namespace Slipway.Identity.Tests;

/// <summary>A server in required mode with a clock that stands still, and its first administrator, signed in.</summary>
internal sealed class House : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private House(TestServer server, ManualClock clock) => (Server, Clock, Admin) = (server, clock, new Api(server.NewClient()));

    public TestServer Server { get; }

    public ManualClock Clock { get; }

    public Api Admin { get; }

    public static async Task<House> Open(string database, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var clock = new ManualClock();
        var house = new House(await TestServer.Start(database, options => options with { Auth = "required" }, settings, clock), clock);
        var answer = await house.Admin.Post("set-up", new SetUpRequest(house.SetUpToken, Password, "root", "Root"));
        Assert.Equal(204, answer.Status);
        return house;
    }

    public string SetUpToken => Server.Services.GetRequiredService<SetUpLink>().Printed!.Token;

    public Api Stranger() => new(Server.NewClient());

    public Api WithKey(string secret) => new(Server.NewClient()) { Authorization = "Bearer " + secret };

    /// <summary>An invited person without a password yet.</summary>
    public Task<InvitedPersonView> Invite(string name) => Admin.Post<InvitedPersonView>("people", new CreatePersonRequest(name, name));

    /// <summary>A person, signed in, with roles such as <c>("workspace/default", Role.Viewer)</c>.</summary>
    public async Task<(Api Api, PersonView Person)> Person(string name, params (string Resource, Role Level)[] roles)
    {
        var invited = await Invite(name);
        var api = Stranger();
        Assert.Equal(204, (await api.Post("set-up", new SetUpRequest(TokenOf(invited.Invitation), Password))).Status);
        foreach (var (resource, level) in roles) { await Grant(invited.Person.Id, resource, level); }

        return (api, invited.Person);
    }

    public Task<GrantView> Grant(string principalId, string resource, Role level) => Admin.Post<GrantView>("grants", new CreateGrantRequest(principalId, resource, level));

    public async Task<ServiceAccountView> ServiceAccount(string name, params (string Resource, Role Level)[] roles)
    {
        var me = (await Admin.Get<SessionView>("session")).Principal.Id;
        var account = await Admin.Post<ServiceAccountView>("service-accounts", new CreateServiceAccountRequest(name, name, me));
        foreach (var (resource, level) in roles) { await Grant(account.Id, resource, level); }

        return account;
    }

    /// <summary>A key of a new service account with one role in <c>default</c>.</summary>
    public async Task<CreatedKeyView> Key(string name, Role role = Role.Contributor, int days = 30)
    {
        var account = await ServiceAccount(name, ("workspace/default", role));
        return await Admin.Post<CreatedKeyView>("keys", new CreateKeyRequest("test", "default", days, account.Id));
    }

    public static string TokenOf(InvitationView invitation) => invitation.Url.Split("#token=")[1];

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
    }
}
