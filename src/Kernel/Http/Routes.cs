using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Slipway.Kernel;

/// <summary>Where native routes live.</summary>
public static class Routes
{
    public const string Native = "/api/v1";

    /// <summary>Routes of the whole server.</summary>
    public static RouteGroupBuilder NativeGroup(this IEndpointRouteBuilder routes, string path) => routes.MapGroup(Native + path);

    /// <summary>Routes of one workspace: <c>/api/v1/w/{workspace}</c>; <see cref="Caller.Workspace"/> is that of the URL.</summary>
    public static RouteGroupBuilder WorkspaceGroup(this IEndpointRouteBuilder routes, string path) => routes.MapGroup(Native + "/w/{workspace}" + path);
}
