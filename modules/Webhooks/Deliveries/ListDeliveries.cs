using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Deliveries;

/// <summary>The log of a webhook, the newest first, and one delivery with what is sent.</summary>
internal sealed class ListDeliveries(Db db)
{
    private static readonly Dictionary<string, WebhookDeliveryState> States =
        Enum.GetValues<WebhookDeliveryState>().ToDictionary(state => state.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static void Map(RouteGroupBuilder hooks)
    {
        hooks.MapGet("/{id}/deliveries", async (string id, string? state, string? cursor, int? limit, Caller caller, ListDeliveries handler, CancellationToken ct) =>
                (await handler.Page(caller, id, state, cursor, limit ?? 50, ct)).ToHttp())
            .Needs(Permissions.Read).WithName(nameof(ListDeliveries)).WithSummary("What was sent to a webhook or is to be sent, the newest first.")
            .Produces<Page<WebhookDeliveryView>>().ProducesProblem(400).ProducesProblem(404);
        hooks.MapGet("/{id}/deliveries/{delivery}", async (string id, string delivery, Caller caller, ListDeliveries handler, CancellationToken ct) =>
                (await handler.One(caller, id, delivery, ct)).ToHttp())
            .Needs(Permissions.Read).WithName("GetDelivery").WithSummary("One delivery, with what is sent.")
            .Produces<WebhookDeliveryView>().ProducesProblem(404);
    }

    private async Task<Result<Page<WebhookDeliveryView>>> Page(Caller caller, string id, string? state, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        if (state is not null && !States.ContainsKey(state)) { return Problem.Invalid("state", $"'{(state.Length > 100 ? state[..100] : state)}' is no state of a delivery; there are {string.Join(", ", States.Keys)}."); }

        return await db.Read<Result<Page<WebhookDeliveryView>>>(tx =>
        {
            if (WebhookStore.Find(tx, caller.Workspace, id) is null) { return Faults.NoWebhook(id); }

            var found = DeliveryStore.Newest(tx, id, state is null ? null : States[state], cursor, limit + 1);
            return new Page<WebhookDeliveryView>([.. found.Take(limit).Select(delivery => delivery.ToView(withBody: false))], found.Count > limit ? found[limit - 1].Id : null);
        }, ct);
    }

    private async Task<Result<WebhookDeliveryView>> One(Caller caller, string id, string deliveryId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        return await db.Read<Result<WebhookDeliveryView>>(
            tx => WebhookStore.Find(tx, caller.Workspace, id) is null ? Faults.NoWebhook(id)
                : DeliveryStore.Find(tx, id, deliveryId) is { } delivery ? delivery.ToView(withBody: true)
                : Faults.NoDelivery(deliveryId),
            ct);
    }
}
