using Slipway.Kernel;

namespace Slipway.Server.Tests;

/// <summary>The half of an API that the access check did not know of: every route, every method, and every other spelling that a router might take for it.</summary>
public sealed class ForgottenRouteTests
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    /// <summary>Paths that answer strangers, each for a reason that the route itself states.</summary>
    private static readonly string[] Open =
    [
        "/health", "/health/live", "/health/ready", "/version", "/v2/health/live", "/v2/health/ready", "/api/v1/sign-in", "/api/v1/sign-out", "/api/v1/set-up",
    ];

    [Fact]
    public async Task No_route_serves_a_stranger_whatever_the_method_and_the_spelling()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite, options => options with { Auth = "required" });
        // What comes later is mapped by one loop and serves nothing: a few of it stand for all.
        var routes = ServerRoute.All(server).Where(route => !route.IsOpen).ToLookup(route => route.ComesLater);
        var paths = routes[false].Concat(routes[true].Take(12)).Select(route => route.Path).Distinct().ToList();
        var (served, asked) = (new List<string>(), 0);

        foreach (var spelling in paths.SelectMany(Spellings).Distinct().Where(spelling => !Open.Contains(spelling)))
        {
            foreach (var method in Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Raw(server, spelling));
                if (method is "POST" or "PUT" or "PATCH") { request.Content = new StringContent("{}", null, "application/json"); }

                using var answer = await server.Http.SendAsync(request);
                asked++;
                // The shell of the user interface is for strangers, too; it holds no data.
                var shell = method is "GET" or "HEAD" && answer.Content.Headers.ContentType?.MediaType == "text/html";
                if ((int)answer.StatusCode is < 400 or >= 500 && !shell) { served.Add($"{method} {spelling}: {(int)answer.StatusCode}"); }
            }
        }

        Assert.Empty(served);
        Assert.True(paths.Count > 20 && asked > 1_000, $"Only {paths.Count} routes were asked in {asked} ways.");
    }

    [Fact]
    public async Task The_open_routes_are_these_and_say_why()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);

        var open = ServerRoute.All(server).Where(route => route.IsOpen).ToList();

        Assert.Empty(open.Select(route => route.Path).Except([.. Open, "/api/0123456789abcdef0123456789abcdef", "/ajax-api/0123456789abcdef0123456789abcdef", "/0123456789abcdef0123456789abcdef"]));
        Assert.All(open, route => Assert.NotEmpty(((Access.Open)route.Access!).Reason));
    }

    private static IEnumerable<string> Spellings(string path) =>
    [
        path, path + "/", path + "//", "/" + path, path.ToUpperInvariant(), path.Replace("/api/", "/api//", StringComparison.Ordinal),
        path.Replace("/api/", "/./api/", StringComparison.Ordinal), path.Replace("/api/", "/x/../api/", StringComparison.Ordinal), path.Replace("/api/", "/api%2f", StringComparison.Ordinal),
        path.Replace("/api/", "/%61pi/", StringComparison.Ordinal), path.Replace("/api/", "/ajax-api/", StringComparison.Ordinal), "/w/default" + path, "/w/default/w/default" + path,
        path + "?_method=DELETE", path + ";a=b", path + "%00", path + "%20", path + ".json",
    ];

    // Uri would tidy the path up before sending it.
    private static Uri Raw(TestServer server, string path) =>
        new($"{server.BaseAddress.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
