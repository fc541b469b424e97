using Slipway.Identity.Contracts;
using Slipway.Identity.SetUp;
using Slipway.Testing.Mlflow;
using Microsoft.Extensions.DependencyInjection;

namespace Slipway.Identity.Tests.Mlflow;

/// <summary>What official clients send is answered as MLflow answers it, on both databases.</summary>
public sealed class ReplayTests
{
    public static TheoryData<string, string> Protocol() => Recordings.Rows("protocol");

    public static TheoryData<string, string> Auth() => Recordings.Rows("auth");

    [Theory, MemberData(nameof(Protocol))]
    public async Task The_protocol_itself_is_answered_as_by_Mlflow(string group, string database)
    {
        var faults = await Recordings.Faults(group, database);

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Theory, MemberData(nameof(Auth))]
    public async Task Users_and_permissions_are_answered_as_by_Mlflows_basic_auth(string group, string database)
    {
        var faults = await Recordings.Faults(group, database, options => options with { Auth = "required" }, Prepare);

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>MLflow's administrator, and its default permission: everybody reads, and makes experiments of their own.</summary>
    private static async Task Prepare(TestServer server)
    {
        using var admin = new Api(server.NewClient());
        var token = server.Services.GetRequiredService<SetUpLink>().Printed!.Token;
        Assert.Equal(204, (await admin.Post("set-up", new SetUpRequest(token, "password1234", "admin", "Admin"))).Status);
        Assert.Equal(200, (await admin.Send(HttpMethod.Put, "workspaces/default/everyone", Json(new SetEveryoneRequest(Role.Member)))).Status);
    }

    private static System.Net.Http.Json.JsonContent Json(object body) => System.Net.Http.Json.JsonContent.Create(body, body.GetType(), options: Kernel.Contracts.WireJson.Options);
}
