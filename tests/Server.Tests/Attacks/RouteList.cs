using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Server.Tests;

/// <summary>Every route of the running server, so that a new one is attacked without anybody adding it to a list.</summary>
internal sealed partial record ServerRoute(string Method, string Path, Access? Access, Type? Body)
{
    /// <summary>With its holes.</summary>
    public string Pattern { get; init; } = Path;

    public bool Changes => Method is "POST" or "PUT" or "PATCH" or "DELETE";

    public bool IsOpen => Access is Access.Open;

    public bool ComesLater => Access is Access.With { Permission.Name: var name } && name.StartsWith("mlflow.later.", StringComparison.Ordinal);

    public static IReadOnlyList<ServerRoute> All(TestServer server) =>
    [
        .. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           select new ServerRoute(
               method, Filled(endpoint.RoutePattern.RawText ?? ""), endpoint.Metadata.GetMetadata<Access>(), Fields(endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType))
           { Pattern = endpoint.RoutePattern.RawText ?? "" },
    ];

    // A body that is a file has no fields.
    private static Type? Fields(Type? body) => body == typeof(Stream) ? null : body;

    /// <summary>The pattern with something in each hole: the workspace that every server has, a plausible id elsewhere.</summary>
    private static string Filled(string pattern) =>
        "/" + Hole().Replace(pattern.Replace("{workspace}", "default", StringComparison.Ordinal), "0123456789abcdef0123456789abcdef").TrimStart('/');

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
