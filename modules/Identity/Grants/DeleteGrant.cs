using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Grants;

/// <summary>Takes a role away, at once. Somebody must stay who can administer the server.</summary>
internal static class DeleteGrant
{
    public static void Map(RouteGroupBuilder grants) => grants
        .MapDelete("/{id}", async (string id, Caller caller, Handler handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(DeleteGrant)).WithSummary("Takes a role away; needs identity.grants.write on its resource.")
        .Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    internal sealed class Handler(Db db, CredentialCache cache)
    {
        public Task<Result<Done>> Handle(Caller caller, string id, CancellationToken ct) => db.Write<Result<Done>>(tx =>
        {
            // A grant that the caller may not see is as good as none.
            if (GrantStore.Find(tx, id) is not { } grant || !GrantRule.MaySee(caller, grant))
            {
                return Problem.NotFound("grant", id);
            }

            if (!GrantRule.MayGive(caller, grant.Resource))
            {
                return Problem.Forbidden($"'{caller.Name}' lacks {Permissions.GrantsWrite.Name} on '{grant.Resource}', so cannot take roles there.");
            }

            if (grant is { Resource: Grant.Server, Level: Role.Admin } && GrantStore.IsLastAdmin(tx, grant.PrincipalId))
            {
                return GrantStore.LastAdmin(grant.PrincipalName);
            }

            GrantStore.Delete(tx, id);
            tx.Audit(caller, AuditActions.GrantDelete, $"grant/{id}", grant);
            tx.AfterCommit(cache.Clear);
            return Done.Value;
        }, ct);
    }
}
