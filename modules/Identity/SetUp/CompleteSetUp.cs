using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Identity.People;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.SetUp;

/// <summary>Uses a one-time link: that of the first start makes the first administrator, an invitation's sets a person's password. Both sign in.</summary>
internal static class CompleteSetUp
{
    public static void Map(RouteGroupBuilder native) => native
        .MapPost("/set-up", async (SetUpRequest body, HttpContext context, Handler handler, SessionCookie cookie, ServerAddresses addresses, CancellationToken ct) =>
        {
            if (OriginRule.Refusal(context.Request, addresses, cookie: false) is { } foreign) { return foreign.ToHttp(); }

            var done = await handler.Handle(body, context.TraceIdentifier, context.Connection.RemoteIpAddress?.ToString(), ct);
            if (done.Fails(out var problem, out var token)) { return problem.ToHttp(); }

            cookie.Write(context.Response, token);
            return Results.NoContent();
        })
        .OpenToAll("Whoever has the one-time link has no password yet.").WithName(nameof(CompleteSetUp)).WithSummary("Uses a one-time link and begins a session; the answer sets its cookie.")
        .Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);

    internal sealed class Handler(Db db, CredentialCache cache, IOptions<IdentityOptions> options, TimeProvider clock)
    {
        private static readonly Problem Spent = new(400, "link_spent", "This link was used already or has expired; ask for a new one.") { Field = "token" };

        /// <summary>The token of the new session.</summary>
        public async Task<Result<string>> Handle(SetUpRequest request, string requestId, string? address, CancellationToken ct)
        {
            // Looked up before anything slow, so that strangers cannot make the server hash.
            var (link, session) = (RandomToken.Hash(request.Token), NewSession.Create(clock, options.Value));
            if (await db.Read(tx => InvitationStore.Find(tx, link, session.NowMs), ct) is not { } invitation) { return Spent; }

            var faults = Faults(request, invitation);
            if (faults.Count > 0) { return Problem.Invalid(faults); }

            var (hash, id) = (PasswordHash.Create(request.Password), invitation.PrincipalId ?? Ids.New(clock));
            return await db.Write<Result<string>>(tx =>
            {
                if (!InvitationStore.Use(tx, link, session.NowMs)) { return Spent; }

                if (invitation.PrincipalId is null && MakeFirstAdmin(tx, id, request, session.NowMs) is { } refusal) { return refusal; }

                if (PrincipalStore.Caller(tx, id) is not { } person) { return Spent; }

                var caller = person with { RequestId = requestId, Address = address };
                var before = PrincipalStore.Person(tx, id);
                PasswordStore.Set(tx, id, hash, session.NowMs);
                tx.Audit(caller, invitation.PrincipalId is null ? AuditActions.SetUp : AuditActions.PersonPassword, $"person/{id}", before, PrincipalStore.Person(tx, id));

                // Whoever knew the old password is out.
                SessionStore.DeleteOf(tx, id);
                session.Insert(tx, id);
                tx.AfterCommit(cache.Clear);
                return session.Token;
            }, ct);
        }

        private Problem? MakeFirstAdmin(WriteTx tx, string id, SetUpRequest request, long nowMs)
        {
            if (GrantStore.AnyAdmin(tx)) { return Problem.Conflict("set_up_already", "This server has an administrator already; ask them for an invitation."); }

            if (!PrincipalStore.Insert(tx, id, PrincipalKind.Person, request.Name!, request.DisplayName ?? request.Name!, null, nowMs))
            {
                return CreatePerson.NameTaken(request.Name!);
            }

            GrantStore.Insert(tx, Ids.New(clock), id, Grant.Server, Level.Admin, id, nowMs);
            return null;
        }

        private static List<Fault> Faults(SetUpRequest request, Invitation invitation) => invitation.PrincipalId is null
            ? Names.Faults(
                ("password", PasswordRule.Fault(request.Password)),
                ("name", request.Name is null ? "This link makes the first administrator, who needs a name." : Names.PrincipalFault(request.Name)),
                ("displayName", request.DisplayName is null ? null : Names.TitleFault(request.DisplayName)))
            : Names.Faults(
                ("password", PasswordRule.Fault(request.Password)),
                ("name", request.Name is null ? null : "The invited person has a name already; leave it out."),
                ("displayName", request.DisplayName is null ? null : "The invited person has a display name already; leave it out."));
    }
}
