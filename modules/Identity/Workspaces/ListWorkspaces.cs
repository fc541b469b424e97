using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Workspaces;

/// <summary>The workspaces that the caller may see, by name; of others not even their number is told.</summary>
internal static class ListWorkspaces
{
    public static void Map(RouteGroupBuilder workspaces) => workspaces
        .MapGet("", async (Caller caller, Handler handler, CancellationToken ct, int? limit = null, string? cursor = null) =>
            (await handler.Handle(caller, limit, cursor, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(ListWorkspaces)).WithSummary("The workspaces that the caller may see, by name.")
        .Produces<Page<WorkspaceView>>().ProducesProblem(400);

    internal sealed class Handler(Db db)
    {
        public async Task<Result<Page<WorkspaceView>>> Handle(Caller caller, int? limit, string? cursor, CancellationToken ct)
        {
            if (Paging.Fault(limit) is { } fault) { return fault; }

            var rows = limit ?? Paging.DefaultRows;
            return Paging.Cut(await db.Read(tx => WorkspaceStore.Visible(tx, caller, cursor ?? "", rows + 1), ct), rows, workspace => workspace.Name);
        }
    }
}
