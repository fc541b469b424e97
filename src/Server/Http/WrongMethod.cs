using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Gives the router's own 405 the form of every other problem.</summary>
internal sealed class WrongMethod(RequestDelegate next)
{
    public async Task Invoke(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint and not RouteEndpoint)
        {
            await endpoint.RequestDelegate!(context);
            if (context.Response.StatusCode == 405)
            {
                await Answers.Write(context, new Problem(
                    405, "wrong_method", $"{context.Request.Path} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}."));
            }

            return;
        }

        await next(context);
    }
}
