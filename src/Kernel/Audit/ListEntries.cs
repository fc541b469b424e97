using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>Entries, newest first. Of one workspace with the permission there; of all, or of the server itself, with the permission on the server.</summary>
internal static class ListEntries
{
    private const int DefaultRows = 100;

    public static void Map(RouteGroupBuilder audit) => audit
        .MapGet("/", async (string? workspace, string? actor, string? action, string? cursor, int? limit, Caller caller, Handler handler, CancellationToken ct) =>
            (await handler.Handle(caller, new AuditFilter(workspace, actor, action, cursor), limit ?? DefaultRows, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(ListEntries)).WithSummary("Entries, newest first; workspace= (empty) lists those of the server itself.")
        .Produces<Page<AuditEntryView>>().ProducesProblem(400).ProducesProblem(403);

    internal sealed class Handler(Db db)
    {
        public async Task<Result<Page<AuditEntryView>>> Handle(Caller caller, AuditFilter filter, int limit, CancellationToken ct)
        {
            if (AuditAccess.Refusal(caller, filter.Workspace) is { } refusal) { return refusal; }

            if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"limit is {limit}; it must be 1 to {Limits.PageRows}."); }

            var entries = await db.Read(tx => AuditStore.List(tx, filter, limit), ct);
            return new Page<AuditEntryView>(entries.ConvertAll(AuditAccess.View), entries.Count == limit ? entries[^1].Id : null);
        }
    }
}
