using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Monitors;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Windows;

/// <summary>The closed windows of an endpoint, the newest first; and one of them with everything that was compared.</summary>
internal sealed class ListWindows(Db db, IEndpoints endpoints, Evidence evidence)
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder monitors)
    {
        monitors.MapGet("/{endpoint}/windows", async (string endpoint, long? version, string? cursor, int? limit, Caller caller, ListWindows handler, CancellationToken ct) =>
            (await handler.List(caller, endpoint, version, cursor, limit ?? DefaultLimit, ct)).ToHttp())
            .WithName(nameof(ListWindows)).Needs(Permissions.Read).WithSummary("The closed windows of an endpoint, the newest first.")
            .Produces<Page<WindowSummary>>().ProducesProblem(400).ProducesProblem(404);
        monitors.MapGet("/{endpoint}/windows/{windowId}", async (string endpoint, string windowId, Caller caller, ListWindows handler, CancellationToken ct) =>
            (await handler.One(caller, endpoint, windowId, ct)).ToHttp())
            .WithName("GetWindow").Needs(Permissions.Read).WithSummary("A closed window with everything that was compared.")
            .Produces<WindowView>().ProducesProblem(404);
    }

    private async Task<Result<Page<WindowSummary>>> List(Caller caller, string endpoint, long? version, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        return await db.Read<Result<Page<WindowSummary>>>(tx =>
        {
            if (Known.Fault(tx, endpoints, caller, endpoint) is { } unknown) { return unknown; }

            var rows = WindowStore.Newest(tx, caller.Workspace, endpoint, version, cursor ?? "~", limit + 1);
            return new Page<WindowSummary>(rows.Count > limit ? rows[..limit] : rows, rows.Count > limit ? rows[limit - 1].Id : null);
        }, ct);
    }

    private async Task<Result<WindowView>> One(Caller caller, string endpoint, string windowId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        return await db.Read(tx => Known.Fault(tx, endpoints, caller, endpoint) is null ? WindowStore.Find(tx, caller.Workspace, endpoint, windowId) : null, ct) is { } window
            ? (await evidence.Read<WindowView>(window.Digest, ct)) with { Window = window }
            : Problem.NotFound("window", windowId);
    }
}
