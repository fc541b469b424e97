using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.People;

/// <summary>Makes a person who sets their password by a one-time link. They may do nothing until they are given a role.</summary>
internal static class CreatePerson
{
    public static void Map(RouteGroupBuilder people) => people
        .MapPost("", async (CreatePersonRequest body, Caller caller, Handler handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(made => $"{Routes.Native}/people/{made.Person.Id}"))
        .Needs(Permissions.PeopleWrite).WithName(nameof(CreatePerson)).WithSummary("Invites a person: the answer's link sets their password, once, within 24 hours.")
        .Produces<InvitedPersonView>(201).ProducesProblem(400).ProducesProblem(409);

    public static Problem NameTaken(string name) =>
        Problem.Conflict("name_taken", $"'{name}' names a person or service account already (or did before it was deactivated); choose another name.") with { Field = "name" };

    internal sealed class Handler(Db db, ServerAddresses addresses, TimeProvider clock)
    {
        public async Task<Result<InvitedPersonView>> Handle(Caller caller, CreatePersonRequest request, CancellationToken ct)
        {
            if (caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

            var faults = Names.Faults(("name", Names.PrincipalFault(request.Name)), ("displayName", Names.TitleFault(request.DisplayName)));
            if (faults.Count > 0) { return Problem.Invalid(faults); }

            var (id, now, link) = (Ids.New(clock), clock.NowMs(), OneTimeLink.Create(clock, OneTimeLink.InvitationLife));
            return await db.Write<Result<InvitedPersonView>>(tx =>
            {
                if (!PrincipalStore.Insert(tx, id, PrincipalKind.Person, request.Name, request.DisplayName, null, now)) { return NameTaken(request.Name); }

                InvitationStore.Insert(tx, link, id, now);
                var person = PrincipalStore.Person(tx, id)!;
                tx.Audit(caller, AuditActions.PersonCreate, $"person/{id}", null, person);
                return new InvitedPersonView(person, link.View(addresses));
            }, ct);
        }
    }
}
