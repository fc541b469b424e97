using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Grants;
using Slipway.Identity.Keys;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.People;

/// <summary>Ends what a person may do, at once: password, sessions, keys and open links. Their name and their traces stay.</summary>
internal static class DeactivatePerson
{
    public static void Map(RouteGroupBuilder people) => people
        .MapDelete("/{id}", async (string id, Caller caller, Handler handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
        .Needs(Permissions.PeopleWrite).WithName(nameof(DeactivatePerson)).WithSummary("Deactivates a person: password, sessions, keys and links end at once.")
        .Produces(204).ProducesProblem(404).ProducesProblem(409);

    internal sealed class Handler(Db db, CredentialCache cache, TimeProvider clock)
    {
        public async Task<Result<Done>> Handle(Caller caller, string id, CancellationToken ct)
        {
            if (caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

            var now = clock.NowMs();
            return await db.Write<Result<Done>>(tx =>
            {
                if (PrincipalStore.Person(tx, id) is not { } person) { return Problem.NotFound("person", id); }

                if (person.DeactivatedMs is not null) { return Done.Value; }

                if (GrantStore.IsLastAdmin(tx, id)) { return GrantStore.LastAdmin(person.Name); }

                PrincipalStore.Deactivate(tx, id, now);
                PasswordStore.Delete(tx, id);
                SessionStore.DeleteOf(tx, id);
                KeyStore.RevokeOf(tx, id, now);
                InvitationStore.DeleteOf(tx, id);
                tx.Audit(caller, AuditActions.PersonDeactivate, $"person/{id}", person, PrincipalStore.Person(tx, id));
                tx.AfterCommit(cache.Clear);
                return Done.Value;
            }, ct);
        }
    }
}
