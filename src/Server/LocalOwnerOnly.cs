using System.Net;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>While no Identity module is installed: callers on this machine are the owner, nobody else is anybody.</summary>
internal sealed class LocalOwnerOnly : IAuthenticator
{
    public ValueTask<Result<Caller?>> Authenticate(HttpContext context, CancellationToken ct)
    {
        if (context.Connection.RemoteIpAddress is not { } peer || !IPAddress.IsLoopback(peer)) { return new((Result<Caller?>)(Caller?)null); }

        return new((Result<Caller?>)new Caller("local-owner", "local owner", PrincipalKind.LocalOwner, [new Grant(Grant.Server, Level.Admin)])
        {
            Workspace = context.Features.Get<RequestedWorkspace>()?.Name ?? "default",
            RequestId = context.TraceIdentifier,
            Address = peer.ToString(),
        });
    }
}
