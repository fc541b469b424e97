using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Slipway.Kernel.Mlflow;

/// <summary>Maps a route of the MLflow protocol under both of its addresses, with its access rule and MLflow's form of problems.</summary>
public static class MlflowRoutes
{
    private static readonly string[] Addresses = ["/api/2.0", "/ajax-api/2.0"];

    public static void MapMlflow(
        this IEndpointRouteBuilder routes, string method, string path, Permission permission, Func<HttpContext, Caller, CancellationToken, Task<Problem?>> handle)
    {
        foreach (var address in Addresses) { routes.MapOne(method, address + path, permission, handle); }
    }

    /// <summary>One address only.</summary>
    public static void MapOne(
        this IEndpointRouteBuilder routes, string method, string path, Permission permission, Func<HttpContext, Caller, CancellationToken, Task<Problem?>> handle) => routes
        .MapMethods(path, [method], async (HttpContext context) =>
        {
            if (await handle(context, context.Features.Get<Caller>()!, context.RequestAborted) is { } problem) { await MlflowProblems.Write(context, problem); }
        })
        .Needs(permission).WithMetadata(MlflowProblems.Writer).ExcludeFromDescription();

    /// <summary>Both addresses of one version of the protocol, for everybody who has signed in: the handler decides the rest.</summary>
    /// <param name="version"><c>2.0</c> or <c>3.0</c>.</param>
    public static void MapMlflowSignedIn(
        this IEndpointRouteBuilder routes, string version, string method, string path, Func<HttpContext, Caller, CancellationToken, Task<Problem?>> handle)
    {
        foreach (var address in (string[])["/api/", "/ajax-api/"])
        {
            routes.MapMethods(address + version + path, [method], async (HttpContext context) =>
            {
                if (await handle(context, context.Features.Get<Caller>()!, context.RequestAborted) is { } problem) { await MlflowProblems.Write(context, problem); }
            }).NeedsSignIn().WithMetadata(MlflowProblems.Writer).ExcludeFromDescription();
        }
    }
}
