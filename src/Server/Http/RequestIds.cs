using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Each request has an id of ours; it stands in the answer, in problems, in the log and in audit entries.</summary>
internal sealed class RequestIds(RequestDelegate next, TimeProvider clock)
{
    public const string Header = "X-Request-Id";

    public Task Invoke(HttpContext context)
    {
        context.TraceIdentifier = Ids.New(clock);
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    }
}
