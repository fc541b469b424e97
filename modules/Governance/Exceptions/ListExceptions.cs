using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Exceptions;

/// <summary>Exceptions, the newest first.</summary>
internal sealed class ListExceptions(Db db, TimeProvider clock)
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder exceptions) => exceptions
        .MapGet("", async (string? model, bool? active, string? cursor, int? limit, Caller caller, ListExceptions handler, CancellationToken ct) =>
            (await handler.Handle(caller, model, active ?? false, cursor, limit ?? DefaultLimit, ct)).ToHttp())
        .Needs(Permissions.ApprovalsRead).WithName(nameof(ListExceptions)).WithSummary("Exceptions, the newest first; of one model, or only active ones, if that is asked for.")
        .Produces<Page<ExceptionView>>().ProducesProblem(400);

    public async Task<Result<Page<ExceptionView>>> Handle(Caller caller, string? model, bool activeOnly, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ApprovalsRead) is { } denied) { return denied; }

        if (Paging.LimitFault(limit) is { } tooMany) { return tooMany; }

        var now = clock.NowMs();
        return await db.Read(tx =>
        {
            var found = ExceptionStore.Newest(tx, caller, model, activeOnly, cursor, now, limit + 1);
            return new Page<ExceptionView>([.. found.Take(limit).Select(exception => exception.ToView(now))], found.Count > limit ? found[limit - 1].Id : null);
        }, ct);
    }
}
