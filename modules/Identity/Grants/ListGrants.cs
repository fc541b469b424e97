using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Grants;

/// <summary>Grants in the order in which they were given: the caller's own and those on what they oversee.</summary>
internal static class ListGrants
{
    public static void Map(RouteGroupBuilder grants) => grants
        .MapGet("", async (Caller caller, Handler handler, CancellationToken ct, string? principal = null, string? resource = null, int? limit = null, string? cursor = null) =>
            (await handler.Handle(caller, principal, resource, limit, cursor, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(ListGrants)).WithSummary("The caller's own grants and those on what they oversee, of one principal or of all, on one resource or on all.")
        .Produces<Page<GrantView>>().ProducesProblem(400);

    internal sealed class Handler(Db db)
    {
        public async Task<Result<Page<GrantView>>> Handle(Caller caller, string? principal, string? resource, int? limit, string? cursor, CancellationToken ct)
        {
            if (Paging.Fault(limit) is { } fault) { return fault; }

            var rows = limit ?? Paging.DefaultRows;
            return Paging.Cut(await db.Read(tx => GrantStore.Visible(tx, caller, principal, resource, cursor ?? "", rows + 1), ct), rows, grant => grant.Id);
        }
    }
}
