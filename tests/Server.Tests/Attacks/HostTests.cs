using System.Net.Http.Json;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Server.Tests;

/// <summary>DNS rebinding: a page of an attacker whose name resolves to this machine talks to this server, and names itself.</summary>
public sealed class HostTests(HostTests.OneServer one) : IClassFixture<HostTests.OneServer>
{
    private static readonly string[] Paths = ["/health", "/", "/api/v1/events", "/api/2.0/mlflow/experiments/search", "/openapi/v1.json"];

    public static TheoryData<string, string> Hostile => new()
    {
        { "an unknown name", "GET {path} HTTP/1.1\r\nHost: attacker.example\r\n\r\n" },
        { "an unknown name with our port", "GET {path} HTTP/1.1\r\nHost: attacker.example:8080\r\n\r\n" },
        { "our name as a label of another", "GET {path} HTTP/1.1\r\nHost: localhost.attacker.example\r\n\r\n" },
        { "our address as a label of another", "GET {path} HTTP/1.1\r\nHost: 127.0.0.1.attacker.example\r\n\r\n" },
        { "a port that is none", "GET {path} HTTP/1.1\r\nHost: localhost:evil\r\n\r\n" },
        { "a user before the name", "GET {path} HTTP/1.1\r\nHost: localhost@attacker.example\r\n\r\n" },
        { "an address that is not the one reached", "GET {path} HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n" },
        { "an IPv6 address that is not the one reached", "GET {path} HTTP/1.1\r\nHost: [fd00::1]\r\n\r\n" },
        { "a trailing dot on another name", "GET {path} HTTP/1.1\r\nHost: attacker.example.\r\n\r\n" },
        { "an empty name", "GET {path} HTTP/1.1\r\nHost:\r\n\r\n" },
        { "no name", "GET {path} HTTP/1.1\r\n\r\n" },
        { "no name, HTTP/1.0", "GET {path} HTTP/1.0\r\n\r\n" },
        { "two names, ours first", "GET {path} HTTP/1.1\r\nHost: {host}\r\nHost: attacker.example\r\n\r\n" },
        { "two names, ours last", "GET {path} HTTP/1.1\r\nHost: attacker.example\r\nHost: {host}\r\n\r\n" },
        { "two names in one header", "GET {path} HTTP/1.1\r\nHost: {host}, attacker.example\r\n\r\n" },
        { "a whole address as target", "GET http://attacker.example{path} HTTP/1.1\r\nHost: attacker.example\r\n\r\n" },
        { "a whole address as target, our name in the header", "GET http://attacker.example{path} HTTP/1.1\r\nHost: {host}\r\n\r\n" },
        { "our name as target, another in the header", "GET http://{host}{path} HTTP/1.1\r\nHost: attacker.example\r\n\r\n" },
        { "our name only in X-Forwarded-Host", "GET {path} HTTP/1.1\r\nHost: attacker.example\r\nX-Forwarded-Host: localhost\r\n\r\n" },
    };

    [Theory, MemberData(nameof(Hostile))]
    public async Task A_request_for_a_name_that_is_not_ours_is_refused_before_routing(string what, string request)
    {
        foreach (var path in Paths)
        {
            var answer = await RawHttp.Send(one.Server, request.Replace("{path}", path, StringComparison.Ordinal), TimeSpan.FromMilliseconds(50));

            var status = Assert.Single(RawHttp.Statuses(answer));
            // MLflow's clients know a 403.
            Assert.True(status is 400 or 421 || (status == 403 && path.StartsWith("/api/2.0/", StringComparison.Ordinal)), $"{what} on {path}: {status}");
        }
    }

    [Theory]
    [InlineData("{host}")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:80")]
    public async Task Our_own_names_are_served(string host)
    {
        var answer = await RawHttp.Send(one.Server, $"GET /health HTTP/1.1\r\nHost: {host}\r\n\r\n", TimeSpan.FromMilliseconds(50));

        Assert.Equal([200], RawHttp.Statuses(answer));
    }

    public sealed class OneServer : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        /// <summary>A caller whom no route refuses for want of a role: an attack must come as far as it can.</summary>
        public HttpClient Everything { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await TestServer.Start(TestDatabase.Sqlite);
            Everything = await Server.Program(Role.Approver, "default");
            var accounts = await Server.Http.GetFromJsonAsync<Page<ServiceAccountView>>("/api/v1/service-accounts", WireJson.Options);
            await Server.Create<GrantView>("grants", new CreateGrantRequest(accounts!.Items.Single().Id, "server", Role.Admin));
        }

        public ValueTask DisposeAsync()
        {
            Everything.Dispose();
            return Server.DisposeAsync();
        }
    }
}
