using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Monitors;
using Slipway.Monitoring.Reactions;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Alerts;

/// <summary>The alerts of an endpoint, the newest first.</summary>
internal sealed class ListAlerts(Db db, IEndpoints endpoints)
{
    private const int DefaultLimit = 50;

    public static void Map(RouteGroupBuilder monitors) => monitors
        .MapGet("/{endpoint}/alerts", async (string endpoint, string? cursor, int? limit, Caller caller, ListAlerts handler, CancellationToken ct) =>
            (await handler.Handle(caller, endpoint, cursor, limit ?? DefaultLimit, ct)).ToHttp())
        .WithName(nameof(ListAlerts)).Needs(Permissions.Read).WithSummary("The alerts of an endpoint, the newest first.")
        .Produces<Page<AlertView>>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<Page<AlertView>>> Handle(Caller caller, string endpoint, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        return await db.Read<Result<Page<AlertView>>>(tx =>
        {
            if (Known.Fault(tx, endpoints, caller, endpoint) is { } unknown) { return unknown; }

            var rows = AlertStore.Newest(tx, caller.Workspace, endpoint, cursor ?? "~", limit + 1);
            var shown = rows.Take(limit).ToList();
            var reactions = ReactionStore.Of(tx, [.. shown.Select(alert => alert.Id)]);
            return new Page<AlertView>([.. shown.Select(alert => alert.ToView(reactions.GetValueOrDefault(alert.Id) ?? []))], rows.Count > limit ? shown[^1].Id : null);
        }, ct);
    }
}
