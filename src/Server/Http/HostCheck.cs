using System.Net;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>
/// Refuses requests for names that are not ours, before routing: a page of an attacker whose name resolves to this server (DNS rebinding) sends its own name.
/// An address is no name: it is allowed when the connection really arrived at it.
/// </summary>
internal sealed class HostCheck(RequestDelegate next, ServerAddresses addresses, ServerOptions options)
{
    private readonly HashSet<string> _names = new(Names(addresses, options), StringComparer.OrdinalIgnoreCase);

    public Task Invoke(HttpContext context)
    {
        if (IsOurs(context)) { return next(context); }

        var why = $"This server does not answer for host '{context.Request.Host.Value}'; name it in allowed-hosts or public-url if it should.";
        if (!IsMlflow(context.Request.Path)) { return Responses.Write(context, new Problem(421, "wrong_host", why)); }

        // As MLflow's clients know it: plain text and a 403.
        context.Response.StatusCode = 403;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"Invalid Host header - possible DNS rebinding attack detected. {why}", context.RequestAborted);
    }

    private static bool IsMlflow(PathString path) => path.StartsWithSegments("/api/2.0") || path.StartsWithSegments("/api/3.0") || path.StartsWithSegments("/ajax-api");

    private bool IsOurs(HttpContext context)
    {
        var host = context.Request.Host;
        if (!host.HasValue || host.Value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) || (host.Value.Contains(':') && host.Port is null && !host.Value.EndsWith(']'))) { return false; }

        if (_names.Contains(host.Host)) { return true; }

        return IPAddress.TryParse(host.Host.Trim('[', ']'), out var address)
            && context.Connection.LocalIpAddress is { } local
            && (address.Equals(local) || (local.IsIPv4MappedToIPv6 && address.Equals(local.MapToIPv4())));
    }

    private static IEnumerable<string> Names(ServerAddresses addresses, ServerOptions options)
    {
        foreach (var url in addresses.Urls)
        {
            if (ServerAddresses.IsLoopback(url)) { yield return "localhost"; }

            yield return url.Host;
        }

        yield return addresses.PublicUrl.Host;
        foreach (var host in options.Hosts) { yield return host; }
    }
}
