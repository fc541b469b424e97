using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>Ends the session that the request came with; a request with another credential ends nothing.</summary>
internal static class EndSession
{
    public static void Map(RouteGroupBuilder native) => native
        .MapPost("/sign-out", async (HttpContext context, Caller caller, Handler handler, SessionCookie cookie, CancellationToken ct) =>
        {
            await handler.Handle(cookie.Read(context.Request), ct);
            cookie.Delete(context.Response);
            return Results.NoContent();
        })
        .NeedsSignIn().WithName(nameof(EndSession)).WithSummary("Ends the session that the request came with.")
        .Produces(204);

    internal sealed class Handler(Db db, CredentialCache cache)
    {
        public async Task Handle(string? token, CancellationToken ct)
        {
            if (token is null) { return; }

            await db.Write(tx =>
            {
                SessionStore.Delete(tx, RandomToken.Hash(token));
                tx.AfterCommit(() => cache.Forget(CredentialKind.Session, token));
            }, ct);
        }
    }
}
