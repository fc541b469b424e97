using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Keys;
using Slipway.Identity.People;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.ServiceAccounts;

/// <summary>Ends what a service account may do, at once.</summary>
internal static class DeactivateServiceAccount
{
    public static void Map(RouteGroupBuilder accounts) => accounts
        .MapDelete("/{id}", async (string id, Caller caller, Handler handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
        .Needs(Permissions.PeopleWrite).WithName(nameof(DeactivateServiceAccount)).WithSummary("Deactivates a service account: its keys end at once.")
        .Produces(204).ProducesProblem(404);

    internal sealed class Handler(Db db, CredentialCache cache, TimeProvider clock)
    {
        public async Task<Result<Done>> Handle(Caller caller, string id, CancellationToken ct)
        {
            if (caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

            var now = clock.NowMs();
            return await db.Write<Result<Done>>(tx =>
            {
                if (PrincipalStore.ServiceAccount(tx, id) is not { } account) { return Problem.NotFound("service account", id); }

                if (!PrincipalStore.Deactivate(tx, id, now)) { return Done.Value; }

                KeyStore.RevokeOf(tx, id, now);
                tx.Audit(caller, AuditActions.ServiceAccountDeactivate, $"serviceAccount/{id}", account, PrincipalStore.ServiceAccount(tx, id));
                tx.AfterCommit(cache.Clear);
                return Done.Value;
            }, ct);
        }
    }
}
