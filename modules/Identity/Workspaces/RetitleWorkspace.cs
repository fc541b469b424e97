using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Workspaces;

/// <summary>Gives a workspace another title; its name stays.</summary>
internal sealed class RetitleWorkspace(Db db)
{
    public async Task<Result<WorkspaceView>> Handle(Caller caller, string name, string title, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.WorkspacesWrite) is { } denied) { return denied; }

        if (Names.TitleFault(title) is { } fault) { return Problem.Invalid("title", fault); }

        return await db.Write<Result<WorkspaceView>>(tx =>
        {
            if (WorkspaceStore.Find(tx, name) is not { } before) { return Problem.NotFound("workspace", name); }

            if (before.Title == title) { return before; }

            WorkspaceStore.Retitle(tx, name, title);
            tx.Audit(caller, AuditActions.WorkspaceRetitle, $"workspace/{name}", before, before with { Title = title });
            return before with { Title = title };
        }, ct);
    }
}
