using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Deny by default: a route without an access rule is refused to everybody, and one with a rule to everybody whom it does not name.</summary>
internal sealed partial class AccessCheck(RequestDelegate next, IAuthenticator authenticator, ILogger<AccessCheck> log)
{
    public async Task Invoke(HttpContext context)
    {
        // No endpoint, or the router's own 405: nothing of ours runs.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        var access = endpoint.Metadata.GetMetadata<Access>();
        if (access is Access.Open)
        {
            await next(context);
            return;
        }

        if (context.Request.RouteValues.TryGetValue("workspace", out var workspace))
        {
            context.Features.Set(new RequestedWorkspace(workspace as string));
        }

        var authenticated = await authenticator.Authenticate(context, context.RequestAborted);
        if (Refusal(endpoint, access, authenticated) is { } refusal)
        {
            if (endpoint.Metadata.GetMetadata<ProblemWriter>() is { } foreign) { await foreign.Write(context, refusal); }
            else { await Responses.Write(context, refusal); }

            return;
        }

        context.Features.Set(authenticated.Value);
        await next(context);
    }

    private Problem? Refusal(RouteEndpoint endpoint, Access? access, Result<Caller?> authenticated)
    {
        if (authenticated.Fails(out var problem, out var caller)) { return problem; }

        if (caller is null) { return Problem.Unauthenticated("Credentials are needed: sign in, or send an API key as 'Authorization: Bearer …'."); }

        if (access is Access.With(var permission)) { return caller.Lacks(permission); }

        if (access is Access.SignedIn) { return null; }

        NoRule(endpoint.RoutePattern.RawText ?? "?");
        return Problem.Forbidden("This route has no access rule, so nobody may call it; this is a fault of the server.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Route {Route} has no access rule")]
    private partial void NoRule(string route);
}
