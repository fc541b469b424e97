using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Local;

/// <summary>
/// In local mode, who sends a request without credentials: whoever sits at the machine, if the request comes straight from a program of the same user. Everything that
/// hints at somebody else (a proxy, another user, a page of another origin) is refused.
/// </summary>
internal sealed class LocalOwner(ServerAddresses addresses)
{
    public static readonly Caller Caller = new("local-owner", "local-owner", PrincipalKind.LocalOwner, [new Grant(Grant.Server, Level.Admin)]);

    private static readonly object PeerKey = new();
    private readonly bool _on = addresses.LocalMode && addresses.Urls.All(ServerAddresses.IsLoopback);

    /// <summary>The owner while the server is in local mode, else null; for work that goes on without a request.</summary>
    public Caller? Now => _on ? Caller : null;

    /// <summary>The owner; null when not in local mode; a problem when the request may not be theirs.</summary>
    public Result<Caller?> Identify(HttpContext context)
    {
        if (!_on) { return (Caller?)null; }

        if (ProxyHeader(context.Request.Headers) is { } header)
        {
            return Refused($"this one carries '{header}', so a proxy passed it on");
        }

        // A proxy that adds no header still passes the name on that people typed.
        if (!IsLoopback(context.Request.Host)) { return Refused($"this one names the host '{context.Request.Host}', so it was meant for another address"); }

        if (!IsLoopback(context.Connection)) { return Refused("this one does not come from this machine"); }

        if (!IsSameUser(context)) { return Refused("this one comes from a program of another user of this machine, or from one that has gone"); }

        return OriginRule.Refusal(context.Request, addresses, cookie: false) is { } foreign ? foreign : Caller;
    }

    /// <summary>The header by which a proxy shows itself, or null. <c>X-Original-…</c> is what is left of headers of a trusted proxy.</summary>
    public static string? ProxyHeader(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
                || name.Equals("Via", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
                || name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return null;
    }

    private static bool IsLoopback(HostString host) => host.Host == "localhost" || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsLoopback(ConnectionInfo connection) => connection is { RemoteIpAddress: { } peer, LocalIpAddress: { } own } && IPAddress.IsLoopback(peer) && IPAddress.IsLoopback(own);

    /// <summary>Looked up once per connection; on systems that do not tell who is at the other end, being on this machine must do.</summary>
    private static bool IsSameUser(HttpContext context)
    {
        if (!OperatingSystem.IsLinux()) { return true; }

        var items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items is not null && items.TryGetValue(PeerKey, out var known)) { return known is true; }

        var connection = context.Connection;
        var owner = PeerSocket.OwnerOf(new IPEndPoint(connection.RemoteIpAddress!, connection.RemotePort), new IPEndPoint(connection.LocalIpAddress!, connection.LocalPort));
        var same = owner is 0 || (owner is not null && owner == PeerSocket.OwnUser);
        if (items is not null) { items[PeerKey] = same; }

        return same;
    }

    private static Problem Refused(string why) => new(
        401, "not_local", $"In local mode a request without credentials must come straight from a program of the server's own user; {why}. Send credentials, or start the server with --auth required.");
}
