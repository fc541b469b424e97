using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Identity.Tests.Routes;

/// <summary>The routes of the running server, as the router itself knows them.</summary>
internal static partial class EveryRoute
{
    private static readonly string[] AnyMethod = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<Route> Of(TestServer server) =>
    [
        .. server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? AnyMethod)
                .Select(method => new Route(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<Access>())))
            .DistinctBy(route => (route.Method, route.Pattern)).OrderBy(route => route.Pattern, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Route> Guarded(TestServer server) => [.. Of(server).Where(route => route.Access is not Access.Open)];

    /// <summary>A path that the pattern matches: the workspace as given, everything else by a value that exists nowhere.</summary>
    public static string Path(Route route, string workspace = "default") =>
        Hole().Replace(route.Pattern, hole => hole.Groups[1].Value == "workspace" ? workspace : "0123456789abcdef0123456789abcdef");

    /// <summary>What the server says to such a request, with an empty JSON object where a body may be.</summary>
    public static Task<Answer> Call(this Api api, Route route, string? path = null)
    {
        var body = route.Method is "GET" or "HEAD" ? null : new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        return api.Send(new HttpMethod(route.Method), path ?? Path(route), body);
    }

    [GeneratedRegex(@"\{\**([a-zA-Z]+)[^}]*\}")]
    private static partial Regex Hole();
}

internal sealed record Route(string Method, string Pattern, Access? Access)
{
    public bool ChangesSomething => Method is not ("GET" or "HEAD" or "OPTIONS");

    public override string ToString() => $"{Method} {Pattern}";
}
