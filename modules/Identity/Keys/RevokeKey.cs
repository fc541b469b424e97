using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.People;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Keys;

/// <summary>Ends a key at once; again changes nothing.</summary>
internal static class RevokeKey
{
    public static void Map(RouteGroupBuilder keys) => keys
        .MapDelete("/{id}", async (string id, Caller caller, Handler handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(RevokeKey)).WithSummary("Ends a key at once: the caller's own, of a service account that they own, or anybody's with identity.keys.write.")
        .Produces(204).ProducesProblem(403).ProducesProblem(404);

    internal sealed class Handler(Db db, CredentialCache cache, TimeProvider clock)
    {
        public Task<Result<Done>> Handle(Caller caller, string id, CancellationToken ct)
        {
            var now = clock.NowMs();
            return db.Write<Result<Done>>(tx =>
            {
                var key = KeyStore.Find(tx, id);
                var account = key is null ? null : PrincipalStore.ServiceAccount(tx, key.PrincipalId);
                if (key is null || !KeyRule.MaySee(caller, key, account)) { return Problem.NotFound("key", id); }

                if (!KeyRule.MayRevoke(caller, key, account)) { return Problem.Forbidden($"'{caller.Name}' lacks {Permissions.KeysWrite.Name}, so cannot revoke a key of '{key.PrincipalName}'."); }

                if (key.RevokedMs is not null) { return Done.Value; }

                KeyStore.Revoke(tx, id, now);
                tx.Audit(caller, AuditActions.KeyRevoke, $"key/{id}", key, KeyStore.Find(tx, id));
                tx.AfterCommit(cache.Clear);
                return Done.Value;
            }, ct);
        }
    }
}
