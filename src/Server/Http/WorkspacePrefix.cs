using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>
/// Foreign clients choose a workspace by a prefix of their URL, <c>http://host/w/risk</c>: it is taken off here, before routing, and only in front of a protocol's path.
/// Where there is none, the header <c>X-MLFLOW-WORKSPACE</c> counts on those paths.
/// </summary>
internal sealed class WorkspacePrefix(RequestDelegate next)
{
    public const string Header = "X-MLFLOW-WORKSPACE";
    private static readonly string[] Protocols = ["/api/2.0/", "/api/3.0/", "/ajax-api/", "/get-artifact", "/model-versions/get-artifact", "/gateway/", "/graphql", "/v1/", "/v2/", "/health", "/version"];

    public Task Invoke(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith("/w/", StringComparison.Ordinal) && path.IndexOf('/', 3) is > 3 and var end && IsProtocol(path.AsSpan(end)))
        {
            context.Features.Set(new RequestedWorkspace(path[3..end]));
            context.Request.PathBase = context.Request.PathBase.Add(path[..end]);
            context.Request.Path = path[end..];
        }
        else if (IsProtocol(path) && context.Request.Headers.TryGetValue(Header, out var named) && named.Count == 1)
        {
            context.Features.Set(new RequestedWorkspace(named[0]));
        }

        return next(context);
    }

    private static bool IsProtocol(ReadOnlySpan<char> path)
    {
        if (path is "/v2") { return true; }

        // The scoring protocol's paths lie below an endpoint's name; the rest of what begins so are pages.
        if (path.StartsWith("/endpoints/", StringComparison.Ordinal)) { return path[(path.LastIndexOf('/') + 1)..] is "invocations" or "ping" or "health" or "version" && path.Count('/') == 3; }

        foreach (var protocol in Protocols)
        {
            if (path.StartsWith(protocol, StringComparison.Ordinal)) { return true; }
        }

        return false;
    }
}
