using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.People;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.ServiceAccounts;

/// <summary>The service accounts of the server by name, deactivated ones too.</summary>
internal static class ListServiceAccounts
{
    public static void Map(RouteGroupBuilder accounts) => accounts
        .MapGet("", async (Caller caller, Handler handler, CancellationToken ct, int? limit = null, string? cursor = null) =>
            (await handler.Handle(caller, limit, cursor, ct)).ToHttp())
        .Needs(Permissions.PeopleRead).WithName(nameof(ListServiceAccounts)).WithSummary("The service accounts of the server by name, deactivated ones too.")
        .Produces<Page<ServiceAccountView>>().ProducesProblem(400);

    internal sealed class Handler(Db db)
    {
        public async Task<Result<Page<ServiceAccountView>>> Handle(Caller caller, int? limit, string? cursor, CancellationToken ct)
        {
            if (caller.Lacks(Permissions.PeopleRead) is { } denied) { return denied; }

            if (Paging.Fault(limit) is { } fault) { return fault; }

            var rows = limit ?? Paging.DefaultRows;
            return Paging.Cut(await db.Read(tx => PrincipalStore.ServiceAccounts(tx, cursor ?? "", rows + 1), ct), rows, account => account.Name);
        }
    }
}
