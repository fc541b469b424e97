using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Architecture.Tests;

/// <summary>One route of the running application, by method.</summary>
/// <param name="Path">The pattern as written, with a leading slash and without defaults and constraints.</param>
/// <param name="WhoMay">In words: the permission, a signed-in caller, or why it is open.</param>
internal sealed record Endpoint(string Method, string Path, string WhoMay)
{
    public static IReadOnlyList<Endpoint> Of(IServiceProvider services) =>
        [.. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"])
                .Select(method => new Endpoint(method, "/" + endpoint.RoutePattern.RawText?.Trim('/'), Words(endpoint.Metadata.GetMetadata<Access>()))))
            .Distinct()
            .OrderBy(endpoint => endpoint.Path, StringComparer.Ordinal).ThenBy(endpoint => endpoint.Method, StringComparer.Ordinal)];

    /// <summary>Every permission that a route asks for.</summary>
    public static IReadOnlyList<Permission> Permissions(IServiceProvider services) =>
        [.. services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<Access>()).OfType<Access.With>().Select(access => access.Permission).DistinctBy(permission => permission.Name)];

    private static string Words(Access? access) => access switch
    {
        Access.With(var permission) => $"`{permission.Name}`",
        Access.SignedIn => "signed in",
        Access.Open(var reason) => $"open: {reason}",
        _ => "nobody",
    };
}
