using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Workspaces;

/// <summary>Sets what everybody who has signed in may do in a workspace without a role of their own: nothing (as at first), see it, or see it and make things of their own.</summary>
internal static class SetEveryone
{
    public static void Map(RouteGroupBuilder workspaces) => workspaces
        .MapPut("/{name}/everyone", async (string name, SetEveryoneRequest body, Caller caller, Handler handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, body.Everyone, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(SetEveryone)).WithSummary("The role of everybody who has signed in: viewer, member or none; needs identity.grants.write in the workspace.")
        .Produces<WorkspaceView>().ProducesProblem(400).ProducesProblem(403);

    internal sealed class Handler(Db db, CredentialCache cache)
    {
        public async Task<Result<WorkspaceView>> Handle(Caller caller, string name, Role? everyone, CancellationToken ct)
        {
            if (everyone is not (null or Role.Viewer or Role.Member))
            {
                return Problem.Invalid("everyone", $"The role of everybody is '{everyone}'; it can be viewer or member, or be left out.");
            }

            // Before anything is looked up: the answer must not tell which workspaces exist.
            if (!GrantRule.MayGive(caller, $"workspace/{name}"))
            {
                return Problem.Forbidden($"'{caller.Name}' lacks {Permissions.GrantsWrite.Name} in workspace '{name}', so cannot say what everybody may do there.");
            }

            return await db.Write<Result<WorkspaceView>>(tx =>
            {
                if (WorkspaceStore.Find(tx, name) is not { } before) { return Problem.NotFound("workspace", name); }

                if (before.Everyone == everyone) { return before; }

                var after = before with { Everyone = everyone };
                WorkspaceStore.SetEveryone(tx, name, (Level?)everyone);
                tx.Audit(caller, AuditActions.WorkspaceEveryone, $"workspace/{name}", before, after);
                tx.AfterCommit(cache.Clear);
                return after;
            }, ct);
        }
    }
}
