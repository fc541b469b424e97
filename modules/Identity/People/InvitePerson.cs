using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.People;

/// <summary>Gives a person a new one-time link: the old one is lost, or the password is forgotten. Earlier links end; sessions go on until it is used.</summary>
internal static class InvitePerson
{
    public static void Map(RouteGroupBuilder people) => people
        .MapPost("/{id}/invitation", async (string id, Caller caller, Handler handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
        .Needs(Permissions.PeopleWrite).WithName(nameof(InvitePerson)).WithSummary("A new one-time link with which the person sets their password; earlier links end.")
        .Produces<InvitationView>().ProducesProblem(404).ProducesProblem(409);

    internal sealed class Handler(Db db, ServerAddresses addresses, TimeProvider clock)
    {
        public async Task<Result<InvitationView>> Handle(Caller caller, string id, CancellationToken ct)
        {
            if (caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

            var (now, link) = (clock.NowMs(), OneTimeLink.Create(clock, OneTimeLink.InvitationLife));
            return await db.Write<Result<InvitationView>>(tx =>
            {
                if (PrincipalStore.Person(tx, id) is not { } person) { return Problem.NotFound("person", id); }

                if (person.DeactivatedMs is not null) { return Problem.Conflict("deactivated", $"'{person.Name}' was deactivated and cannot be invited."); }

                InvitationStore.DeleteOf(tx, id);
                InvitationStore.Insert(tx, link, id, now);
                tx.Audit(caller, AuditActions.PersonInvite, $"person/{id}", person, person);
                return link.View(addresses);
            }, ct);
        }
    }
}
