using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.People;

/// <summary>The people of the server by name, deactivated ones too.</summary>
internal static class ListPeople
{
    public static void Map(RouteGroupBuilder people) => people
        .MapGet("", async (Caller caller, Handler handler, CancellationToken ct, int? limit = null, string? cursor = null) =>
            (await handler.Handle(caller, limit, cursor, ct)).ToHttp())
        .Needs(Permissions.PeopleRead).WithName(nameof(ListPeople)).WithSummary("The people of the server by name, deactivated ones too.")
        .Produces<Page<PersonView>>().ProducesProblem(400);

    internal sealed class Handler(Db db)
    {
        public async Task<Result<Page<PersonView>>> Handle(Caller caller, int? limit, string? cursor, CancellationToken ct)
        {
            if (caller.Lacks(Permissions.PeopleRead) is { } denied) { return denied; }

            if (Paging.Fault(limit) is { } fault) { return fault; }

            var rows = limit ?? Paging.DefaultRows;
            return Paging.Cut(await db.Read(tx => PrincipalStore.People(tx, cursor ?? "", rows + 1), ct), rows, person => person.Name);
        }
    }
}
