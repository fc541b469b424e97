using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>One entry. One that the caller may not read is as if it were not there.</summary>
internal static class GetEntry
{
    public static void Map(RouteGroupBuilder audit) => audit
        .MapGet("/{id}", async (string id, Caller caller, Handler handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(GetEntry)).Produces<AuditEntryView>().ProducesProblem(404);

    internal sealed class Handler(Db db)
    {
        public async Task<Result<AuditEntryView>> Handle(Caller caller, string id, CancellationToken ct) =>
            await db.Read(tx => AuditStore.Find(tx, id), ct) is { } entry && AuditAccess.MayRead(caller, entry)
                ? AuditAccess.View(entry)
                : Problem.NotFound("audit entry", id);
    }
}
