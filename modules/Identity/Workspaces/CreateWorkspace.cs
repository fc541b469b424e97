using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Workspaces;

internal static class CreateWorkspace
{
    public static void Map(RouteGroupBuilder workspaces) => workspaces
        .MapPost("", async (CreateWorkspaceRequest body, Caller caller, Handler handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(_ => $"{Routes.Native}/workspaces"))
        .Needs(Permissions.WorkspacesWrite).WithName(nameof(CreateWorkspace)).WithSummary("Makes a workspace; only server-wide roles see it until others are given.")
        .Produces<WorkspaceView>(201).ProducesProblem(400).ProducesProblem(409);

    internal sealed class Handler(Db db, TimeProvider clock)
    {
        public async Task<Result<WorkspaceView>> Handle(Caller caller, CreateWorkspaceRequest request, CancellationToken ct)
        {
            if (caller.Lacks(Permissions.WorkspacesWrite) is { } denied) { return denied; }

            var faults = Names.Faults(("name", Names.WorkspaceFault(request.Name)), ("title", Names.TitleFault(request.Title)));
            if (faults.Count > 0) { return Problem.Invalid(faults); }

            var workspace = new WorkspaceView(request.Name, request.Title, clock.NowMs());
            return await db.Write<Result<WorkspaceView>>(tx =>
            {
                if (!WorkspaceStore.Insert(tx, workspace))
                {
                    return Problem.Conflict("name_taken", $"There is a workspace '{request.Name}' already; choose another name.") with { Field = "name" };
                }

                tx.Audit(caller, AuditActions.WorkspaceCreate, $"workspace/{request.Name}", null, workspace);
                return workspace;
            }, ct);
        }
    }
}
