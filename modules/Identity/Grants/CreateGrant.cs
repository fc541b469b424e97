using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.People;
using Slipway.Identity.SignIn;
using Slipway.Identity.Workspaces;
using Slipway.Kernel;

namespace Slipway.Identity.Grants;

/// <summary>Gives a principal a role on a resource that the caller administers. On a single object there is one level each: another one takes its place, and the
/// same one, given to its maker, stands by itself from then on.</summary>
internal static class CreateGrant
{
    public static void Map(RouteGroupBuilder grants) => grants
        .MapPost("", async (CreateGrantRequest body, Caller caller, Handler handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(made => $"{Routes.Native}/grants/{made.Id}"))
        .NeedsSignIn().WithName(nameof(CreateGrant)).WithSummary("Gives a role on the server, a workspace, an experiment or a model; needs identity.grants.write there.")
        .Produces<GrantView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);

    internal sealed class Handler(Db db, CredentialCache cache, IEnumerable<IGrantable> objects, TimeProvider clock)
    {
        public async Task<Result<GrantView>> Handle(Caller caller, CreateGrantRequest request, CancellationToken ct)
        {
            if (GrantRule.Fault(request.Resource, objects.Select(kind => kind.Kind)) is { } fault) { return Problem.Invalid("resource", fault); }

            if (GrantRule.LevelFault(request.Resource, request.Level) is { } levelFault) { return Problem.Invalid("level", levelFault); }

            // Before anything is looked up: the answer must not tell which workspaces exist.
            if (!GrantRule.MayGive(caller, request.Resource))
            {
                return Problem.Forbidden($"'{caller.Name}' lacks {Permissions.GrantsWrite.Name} on '{request.Resource}', so cannot give roles there.");
            }

            var (id, now) = (Ids.New(clock), clock.NowMs());
            return await db.Write(tx => Give(tx, caller, request, id, now), ct);
        }

        private Result<GrantView> Give(WriteTx tx, Caller caller, CreateGrantRequest request, string id, long now)
        {
            var (resource, level) = (request.Resource, (Level)request.Level);
            var it = ObjectRef.Parse(resource);
            if (GrantRule.WorkspaceOf(resource) is { } name && !WorkspaceStore.Exists(tx, name)) { return Problem.NotFound("workspace", name); }

            if (it is not null && objects.First(kind => kind.Kind == it.Kind).NameOf(tx, it.Workspace, it.Id) is null) { return Problem.NotFound(it.Kind, it.Id); }

            // Whoever manages an object may not list people, but knows the name of the one they work with.
            if (PrincipalStore.Look(tx, request.PrincipalId) is not { Active: true, Id: var principal })
            {
                return Problem.Invalid("principalId", $"'{request.PrincipalId}' is no active person or service account.");
            }

            var before = it is null ? null : GrantStore.On(tx, principal, resource);
            if (before is not null && (before.Level != request.Level || (before.CreatedBy == principal && caller.Id != principal)))
            {
                // Whoever lowers themselves has the grant still from whoever gave it.
                GrantStore.SetLevel(tx, id = before.Id, level, before.Level == Role.Admin && caller.Id == principal ? before.CreatedBy : caller.Id);
            }
            else if (it is not null && before is null && GrantStore.CountOnObjects(tx, principal) >= Limits.ObjectGrantsPerPrincipal) { return ObjectGrantKeeper.TooMany(request.PrincipalId); }
            else if (!GrantStore.Insert(tx, id, principal, resource, level, caller.Id, now))
            {
                return Problem.Conflict("granted_already", $"The principal has the role {level} on '{resource}' already.");
            }

            var grant = GrantStore.Find(tx, id)!;
            tx.Audit(caller, before is null ? AuditActions.GrantCreate : AuditActions.GrantChange, $"grant/{id}", before, grant);
            tx.AfterCommit(cache.Clear);
            return grant;
        }
    }
}
