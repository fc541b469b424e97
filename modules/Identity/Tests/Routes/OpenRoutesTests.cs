using Slipway.Kernel;

namespace Slipway.Identity.Tests.Routes;

/// <summary>Class H8 of the attack suite: a route, a method or a spelling that the access check does not know about.</summary>
public sealed class OpenRoutesTests
{
    /// <summary>All that answers without credentials. A further one is a decision: say in its <c>OpenToAll</c> why.</summary>
    private static readonly string[] Open =
    [
        "GET /health", "GET /health/live", "GET /health/ready", "GET /version", "GET /v2/health/live", "GET /v2/health/ready",
        "GET /api/v1/sign-in", "POST /api/v1/sign-in", "POST /api/v1/set-up",
    ];

    [Theory, EachDatabase]
    public async Task Only_the_listed_routes_are_open(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { Auth = "required" });

        var open = EveryRoute.Of(server).Where(route => route.Access is Access.Open).Select(route => route.ToString());

        Assert.Equal(Open.Order(), open.Order());
    }

    [Theory, EachDatabase]
    public async Task Every_other_route_is_a_401_without_credentials_and_with_wrong_ones(string database)
    {
        await using var house = await House.Open(database);
        var (revoked, expired) = (await house.Key("revoked"), await house.Key("expired", days: 1));
        await house.Admin.Delete($"keys/{revoked.Key.Id}");
        var (late, _) = await house.Person("late");
        house.Clock.Advance(TimeSpan.FromDays(8));
        Api[] strangers =
        [
            house.Stranger(), house.WithKey(revoked.Secret), house.WithKey(expired.Secret), house.WithKey(revoked.Secret[..^1] + "x"), late,
            new Api(house.Server.NewClient()) { Authorization = "Basic cm9vdDpyb290" },
        ];
        var faults = new List<string>();

        foreach (var route in EveryRoute.Guarded(house.Server))
        {
            for (var i = 0; i < strangers.Length; i++)
            {
                var status = (await strangers[i].Call(route)).Status;
                // The last one guesses passwords, so it is told to wait after a while; a 429 tells no more than a 401.
                if (status != 401 && !(status == 429 && i == strangers.Length - 1)) { faults.Add($"{route} answers {status} to stranger {i}"); }
            }
        }

        Assert.Empty(faults);
    }

    [Theory, EachDatabase]
    public async Task No_other_method_and_no_twin_of_a_path_opens_a_route(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { Auth = "required" });
        using var stranger = new Api(server.NewClient());
        var faults = new List<string>();

        // What comes later is mapped by one loop and serves nothing: a few of it stand for all.
        var routes = EveryRoute.Guarded(server).ToLookup(route => route.Access is Access.With { Permission.Name: var name } && name.StartsWith("mlflow.later.", StringComparison.Ordinal));
        foreach (var route in routes[false].Concat(routes[true].Take(12)))
        {
            var path = EveryRoute.Path(route);
            string[] twins = [path, path + "/", path.ToUpperInvariant(), "/" + path, path.Replace("/api/", "/api//", StringComparison.Ordinal), path.Replace("/api/", "/%61pi/", StringComparison.Ordinal),
                path.Replace("/api/", "/ajax-api/", StringComparison.Ordinal), path + "%2F", path + ";x=1", "/x/.." + path, "/w/default" + path];
            foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" })
            {
                foreach (var twin in twins)
                {
                    var answer = await stranger.Call(route with { Method = method }, twin);
                    // The pages themselves are open; they hold no data.
                    if (answer.Status < 400 && answer.MediaType != "text/html") { faults.Add($"{method} {twin} answers {answer.Status}"); }
                }
            }
        }

        Assert.Empty(faults);
    }
}
