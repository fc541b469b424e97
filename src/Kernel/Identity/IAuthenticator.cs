using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel;

/// <summary>Says who sends a request. Implemented by Identity; asked once per request by the access middleware, before anything else runs.</summary>
public interface IAuthenticator
{
    /// <returns>
    /// The caller, with <see cref="Caller.Workspace"/> already chosen; null when the request carries no credentials at all; a 401 problem when it carries
    /// wrong ones (never somebody else's identity), a 403 when it may not use those it has (a foreign Origin, for example).
    /// </returns>
    ValueTask<Result<Caller?>> Authenticate(HttpContext context, CancellationToken ct);
}
