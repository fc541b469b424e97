using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.People;
using Slipway.Identity.SignIn;
using Slipway.Identity.Workspaces;
using Slipway.Kernel;

namespace Slipway.Identity.Grants;

/// <summary>Gives a principal a role on a resource that the caller administers.</summary>
internal static class CreateGrant
{
    public static void Map(RouteGroupBuilder grants) => grants
        .MapPost("", async (CreateGrantRequest body, Caller caller, Handler handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(made => $"{Routes.Native}/grants/{made.Id}"))
        .NeedsSignIn().WithName(nameof(CreateGrant)).WithSummary("Gives a role on the server or a workspace; needs identity.grants.write there.")
        .Produces<GrantView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);

    internal sealed class Handler(Db db, CredentialCache cache, TimeProvider clock)
    {
        public async Task<Result<GrantView>> Handle(Caller caller, CreateGrantRequest request, CancellationToken ct)
        {
            if (GrantRule.Fault(request.Resource) is { } fault) { return Problem.Invalid("resource", fault); }

            // Before anything is looked up: the answer must not tell which workspaces exist.
            if (!GrantRule.MayGive(caller, request.Resource))
            {
                return Problem.Forbidden($"'{caller.Name}' lacks {Permissions.GrantsWrite.Name} on '{request.Resource}', so cannot give roles there.");
            }

            var (id, now, level) = (Ids.New(clock), clock.NowMs(), (Level)request.Level);
            return await db.Write<Result<GrantView>>(tx =>
            {
                if (GrantRule.WorkspaceOf(request.Resource) is { } name && !WorkspaceStore.Exists(tx, name)) { return Problem.NotFound("workspace", name); }

                if (!PrincipalStore.IsActive(tx, request.PrincipalId))
                {
                    return Problem.Invalid("principalId", $"'{request.PrincipalId}' is no active person or service account.");
                }

                if (!GrantStore.Insert(tx, id, request.PrincipalId, request.Resource, level, caller.Id, now))
                {
                    return Problem.Conflict("granted_already", $"The principal has the role {level} on '{request.Resource}' already.");
                }

                var grant = GrantStore.Find(tx, id)!;
                tx.Audit(caller, AuditActions.GrantCreate, $"grant/{id}", null, grant);
                tx.AfterCommit(cache.Clear);
                return grant;
            }, ct);
        }
    }
}
