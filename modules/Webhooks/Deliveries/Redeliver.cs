using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Deliveries;

/// <summary>Puts a delivery back to be sent at once, with all its attempts before it, whether it failed, waits or was delivered. It keeps its id.</summary>
internal sealed class Redeliver(Db db, LiveHub live)
{
    public static void Map(RouteGroupBuilder hooks) => hooks
        .MapPost("/{id}/deliveries/{delivery}/redeliver", async (string id, string delivery, Caller caller, Redeliver handler, CancellationToken ct) =>
            (await handler.Handle(caller, id, delivery, ct)).ToHttp())
        .Needs(Permissions.Manage).WithName(nameof(Redeliver)).WithSummary("Sends a delivery again, under the same id.")
        .Produces<WebhookDeliveryView>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<WebhookDeliveryView>> Handle(Caller caller, string id, string deliveryId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Manage) is { } denied) { return denied; }

        return await db.Write<Result<WebhookDeliveryView>>(tx =>
        {
            if (WebhookStore.Find(tx, caller.Workspace, id) is not { } hook) { return Faults.NoWebhook(id); }

            if (DeliveryStore.Find(tx, id, deliveryId) is null) { return Faults.NoDelivery(deliveryId); }

            if (!hook.Active) { return Problem.Conflict("webhook_disabled", $"The webhook '{hook.Name}' is disabled; make it active first."); }

            DeliveryStore.PutBack(tx, deliveryId, tx.Clock.NowMs());
            tx.Audit(caller, Actions.Redeliver, hook.Subject, after: new { delivery = deliveryId });
            tx.AfterCommit(() => live.Send(new LiveChange("webhook", caller.Workspace, id)));
            return DeliveryStore.Find(tx, id, deliveryId)!.ToView(withBody: true);
        }, ct);
    }
}
