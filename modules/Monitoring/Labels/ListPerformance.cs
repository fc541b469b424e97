using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Monitors;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Labels;

/// <summary>How versions did by the outcomes that have arrived, the newest spans of time first.</summary>
internal sealed class ListPerformance(Db db, IEndpoints endpoints)
{
    private const int DefaultLimit = 50;

    public static void Map(RouteGroupBuilder monitors) => monitors
        .MapGet("/{endpoint}/performance", async (string endpoint, long? version, int? limit, Caller caller, ListPerformance handler, CancellationToken ct) =>
            (await handler.Handle(caller, endpoint, version, limit ?? DefaultLimit, ct)).ToHttp())
        .WithName(nameof(ListPerformance)).Needs(Permissions.Read).WithSummary("How versions did by the outcomes that have arrived, the newest spans of time first.")
        .Produces<Page<PerformanceView>>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<Page<PerformanceView>>> Handle(Caller caller, string endpoint, long? version, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        return await db.Read<Result<Page<PerformanceView>>>(
            tx => Known.Fault(tx, endpoints, caller, endpoint) is { } unknown ? unknown : new Page<PerformanceView>(PerformanceStore.Newest(tx, caller.Workspace, endpoint, version, limit)), ct);
    }
}
