using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Slipway.Identity.Keys;
using Slipway.Identity.Local;
using Slipway.Identity.Workspaces;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>
/// Says who sends a request: by <c>Authorization</c>, else by the session's cookie, else as the local owner. The first that is there decides: wrong credentials
/// are a 401, whatever else would have been right.
/// </summary>
internal sealed class Authenticator(
    KeyVerifier keys, PasswordVerifier passwords, SessionVerifier sessions, SessionCookie cookie, LocalOwner local, KnownWorkspaces workspaces, ServerAddresses addresses)
    : IAuthenticator
{
    private static readonly Result<Caller?> Nobody = (Caller?)null;

    public async ValueTask<Result<Caller?>> Authenticate(HttpContext context, CancellationToken ct)
    {
        var identified = await Identify(context, ct);
        if (identified.Fails(out var problem, out var caller) || caller is null)
        {
            Explain(context.Response, problem);
            return identified;
        }

        return await InWorkspace(context, caller, ct);
    }

    private ValueTask<Result<Caller?>> Identify(HttpContext context, CancellationToken ct)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count > 0) { return ByHeader(context, header, ct); }

        return cookie.Read(context.Request) is { } token ? ByCookie(context, token, ct) : new(local.Identify(context));
    }

    private async ValueTask<Result<Caller?>> ByHeader(HttpContext context, StringValues header, CancellationToken ct)
    {
        if (header.Count != 1 || header[0] is not { } text) { return PasswordVerifier.Wrong; }

        if (AuthorizationHeader.Bearer(text) is { } token) { return await keys.Verify(token, ct) is { } owner ? owner : PasswordVerifier.Wrong; }

        if (AuthorizationHeader.Basic(text) is not { } basic) { return PasswordVerifier.Wrong; }

        // A browser that was once asked for Basic credentials sends them by itself, also for pages of others.
        if (OriginRule.Refusal(context.Request, addresses, cookie: false) is { } foreign) { return foreign; }

        if (ApiKey.IsMeant(basic.Password)) { return await keys.Verify(basic.Password, ct) is { } byKey ? byKey : PasswordVerifier.Wrong; }

        var verified = await passwords.Verify(basic.Name, basic.Password, context.Connection.RemoteIpAddress?.ToString(), ct);
        return verified.Fails(out var problem, out var person) ? problem : person;
    }

    private async ValueTask<Result<Caller?>> ByCookie(HttpContext context, string token, CancellationToken ct)
    {
        if (await sessions.Verify(token, ct) is not { } person)
        {
            // The browser forgets it, so that the next request is as if it had none. An event stream asks again after its answer has begun.
            if (!context.Response.HasStarted) { cookie.Delete(context.Response); }

            return Problem.Unauthenticated("The session has ended; sign in again.");
        }

        return OriginRule.Refusal(context.Request, addresses, cookie: true) is { } foreign ? foreign : person;
    }

    /// <summary>A workspace that does not exist and one that the caller may not see are answered alike.</summary>
    private async ValueTask<Result<Caller?>> InWorkspace(HttpContext context, Caller caller, CancellationToken ct)
    {
        var named = context.Features.Get<RequestedWorkspace>()?.Name is { Length: > 0 } name ? name : null;
        if (named is not null && (!caller.SeesWorkspace(named) || !await workspaces.Has(named, ct))) { return Problem.NotFound("workspace", named); }

        return caller with
        {
            Workspace = named ?? caller.Workspace,
            RequestId = context.TraceIdentifier,
            Address = context.Connection.RemoteIpAddress?.ToString(),
        };
    }

    private static void Explain(HttpResponse response, Problem? problem)
    {
        if (response.HasStarted) { return; }

        // Never Basic: browsers would ask for a password in a window of their own, and then send it by themselves.
        if (problem is null or { Status: 401 }) { response.Headers.WWWAuthenticate = "Bearer realm=\"slipway\""; }

        if (problem?.RetryAfterSeconds is { } seconds) { response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture); }
    }
}
