using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>Begins a browser's session, always a new one: whatever token the browser had before ends.</summary>
internal static class BeginSession
{
    public static void Map(RouteGroupBuilder native) => native
        .MapPost("/sign-in", async (SignInRequest body, HttpContext context, Handler handler, SessionCookie cookie, ServerAddresses addresses, CancellationToken ct) =>
        {
            if (OriginRule.Refusal(context.Request, addresses, cookie: false) is { } foreign) { return foreign.ToHttp(); }

            var begun = await handler.Handle(body, cookie.Read(context.Request), context.Connection.RemoteIpAddress?.ToString(), ct);
            if (begun.Fails(out var problem, out var token)) { return problem.ToHttp(); }

            cookie.Write(context.Response, token);
            return Results.NoContent();
        })
        .OpenToAll("It is how one signs in.").WithName(nameof(BeginSession)).WithSummary("Begins a session; the answer sets its cookie.")
        .Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);

    internal sealed class Handler(Db db, PasswordVerifier passwords, CredentialCache cache, IOptions<IdentityOptions> options, TimeProvider clock)
    {
        /// <summary>The token of the new session.</summary>
        public async Task<Result<string>> Handle(SignInRequest request, string? previousToken, string? address, CancellationToken ct)
        {
            if ((await passwords.Verify(request.Name, request.Password, address, ct)).Fails(out var problem, out var person)) { return problem; }

            var session = NewSession.Create(clock, options.Value);
            await db.Write(tx =>
            {
                if (previousToken is not null)
                {
                    SessionStore.Delete(tx, RandomToken.Hash(previousToken));
                    tx.AfterCommit(() => cache.Forget(CredentialKind.Session, previousToken));
                }

                session.Insert(tx, person.Id);
            }, ct);
            return session.Token;
        }
    }
}
