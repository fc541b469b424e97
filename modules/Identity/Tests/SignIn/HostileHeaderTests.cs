using System.Net.Sockets;
using System.Text;
using Slipway.Identity.SignIn;

namespace Slipway.Identity.Tests.SignIn;

public sealed class HostileHeaderTests
{
    private static readonly string[] Headers =
    [
        "", " ", "Bearer", "Bearer '", "Bearer ' OR 1=1 --", "Bearer \"\\\"", "bearer sw_live_' OR '1'='1_x_y", "Basic", "Basic ====", "Basic gICA", "Basic AAAA", "Basic Og==", "Basic Jzon",
        "Negotiate abc", "Digest username=\"root\"", "Bearer " + "sw_live_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_000000", "Bearer " + new string('A', 20_000), "Basic " + new string('A', 20_000),
    ];

    [Theory, EachDatabase]
    public async Task Whatever_the_header_holds_the_answer_is_the_same_401(string database)
    {
        await using var house = await House.Open(database);
        var shapes = new HashSet<string>();

        foreach (var header in Headers)
        {
            using var api = house.Stranger();
            api.Authorization = header;
            var answer = await api.Get("people");
            shapes.Add($"{answer.Status} {answer.Problem.Detail} {answer.Headers.WwwAuthenticate}");
        }

        Assert.Equal(["401 The credentials are not valid. Bearer realm=\"slipway\""], shapes);
    }

    [Theory, EachDatabase]
    public async Task Bytes_that_no_header_may_hold_end_the_request_before_it_begins(string database)
    {
        await using var house = await House.Open(database);

        Assert.StartsWith("HTTP/1.1 400", await Raw(house, "Bearer a\0b"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await Raw(house, "Bearer \u00ff\u00fe"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await Raw(house, "Bearer " + new string('A', 64 * 1024)), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", await Raw(house, "Bearer \u00f0\u009f\u0094\u0091"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", await Raw(house, "Bearer a\r\nAuthorization: Bearer b"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic cm9vdDpwYXNz", "root", "pass")]
    [InlineData("basic   cm9vdDpwYXNz  ", "root", "pass")]
    [InlineData("Basic cm9vdDphOmI=", "root", "a:b")]
    [InlineData("Basic OnB3", "", "pw")]
    public void Basic_ends_the_name_at_the_first_colon(string header, string name, string password) => Assert.Equal((name, password), AuthorizationHeader.Basic(header));

    [Theory]
    [InlineData("Basic cm9vdA==")]
    [InlineData("Basic /////w==")]
    [InlineData("Basic cgBvOng=")]
    [InlineData("Bearer cm9vdDpwYXNz")]
    [InlineData("Basiccm9vdDpwYXNz")]
    public void What_is_not_basic_is_nothing(string header) => Assert.Null(AuthorizationHeader.Basic(header));

    private static async Task<string> Raw(House house, string authorization)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", house.Server.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {authorization}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync() ?? "";
    }
}
