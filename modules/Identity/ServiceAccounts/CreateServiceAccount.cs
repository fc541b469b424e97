using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.People;
using Slipway.Kernel;

namespace Slipway.Identity.ServiceAccounts;

/// <summary>Makes an identity for a program. It has no password and cannot sign in to the pages: its keys are all it has.</summary>
internal static class CreateServiceAccount
{
    public static void Map(RouteGroupBuilder accounts) => accounts
        .MapPost("", async (CreateServiceAccountRequest body, Caller caller, Handler handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(made => $"{Routes.Native}/service-accounts/{made.Id}"))
        .Needs(Permissions.PeopleWrite).WithName(nameof(CreateServiceAccount)).WithSummary("Makes a service account, for which its owner answers.")
        .Produces<ServiceAccountView>(201).ProducesProblem(400).ProducesProblem(409);

    internal sealed class Handler(Db db, TimeProvider clock)
    {
        public async Task<Result<ServiceAccountView>> Handle(Caller caller, CreateServiceAccountRequest request, CancellationToken ct)
        {
            if (caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

            var faults = Names.Faults(("name", Names.PrincipalFault(request.Name)), ("displayName", Names.TitleFault(request.DisplayName)));
            if (faults.Count > 0) { return Problem.Invalid(faults); }

            var (id, now) = (Ids.New(clock), clock.NowMs());
            return await db.Write<Result<ServiceAccountView>>(tx =>
            {
                if (PrincipalStore.Person(tx, request.OwnerId) is not { DeactivatedMs: null })
                {
                    return Problem.Invalid("ownerId", $"'{request.OwnerId}' is no active person; the owner of a service account is the id of one.");
                }

                if (!PrincipalStore.Insert(tx, id, PrincipalKind.ServiceAccount, request.Name, request.DisplayName, request.OwnerId, now))
                {
                    return CreatePerson.NameTaken(request.Name);
                }

                var account = PrincipalStore.ServiceAccount(tx, id)!;
                tx.Audit(caller, AuditActions.ServiceAccountCreate, $"serviceAccount/{id}", null, account);
                return account;
            }, ct);
        }
    }
}
