using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>
/// Answers what no route takes: the pages and their files, or a problem in the form of every other one. It is no route itself, since a route for
/// everything would hide from the router that a path exists and only the method or the content type is wrong.
/// </summary>
internal sealed class Unrouted(RequestDelegate next, WebApp pages)
{
    private static readonly string[] Interfaces = ["/api", "/ajax-api"];

    public Task Invoke(HttpContext context) => context.GetEndpoint() switch
    {
        RouteEndpoint => next(context),
        null => NoRoute(context),
        var wrong => Explain(context, wrong),
    };

    private Task NoRoute(HttpContext context)
    {
        var isPage = (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            && !Interfaces.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        return isPage
            ? pages.Serve(context)
            : Responses.Write(context, new Problem(
                404, "unknown_path", $"There is no {context.Request.Method} {context.Request.Path} on this server; /openapi/v1.json lists what there is."));
    }

    /// <summary>The router's own endpoints set nothing but a status, and for a 405 the methods that would be right.</summary>
    private static async Task Explain(HttpContext context, Endpoint wrong)
    {
        await wrong.RequestDelegate!(context);
        if (context.Response.StatusCode == 405)
        {
            await Responses.Write(context, new Problem(
                405, "wrong_method", $"{context.Request.Path} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}."));
        }
        else if (context.Response.StatusCode == 415)
        {
            await Responses.Write(context, new Problem(
                415, "wrong_content_type", $"{context.Request.Path} does not take a body of type '{context.Request.ContentType}'; send application/json."));
        }
    }
}
