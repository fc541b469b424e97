using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Events;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Deliveries;

/// <summary>Sends a sample at once and tells how it went; also to a webhook that is not active. It stands in the log as a test.</summary>
internal sealed class TestWebhook(Db db, SendDelivery send)
{
    public static void Map(RouteGroupBuilder hooks) => hooks
        .MapPost("/{id}/test", async (string id, TestWebhookRequest body, Caller caller, TestWebhook handler, CancellationToken ct) =>
            (await handler.Handle(caller, id, body.Event, ct)).Then(delivery => delivery.ToView(withBody: true)).ToHttp())
        .Needs(Permissions.Manage).WithName(nameof(TestWebhook)).WithSummary("Sends a sample and tells how it went.")
        .Produces<WebhookDeliveryView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    /// <param name="name">Which event's sample; null = the webhook's first.</param>
    public async Task<Result<Delivery>> Handle(Caller caller, string id, string? name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Manage) is { } denied) { return denied; }

        if (name is not null && WebhookRules.Events([name]).Problem is { } unknown) { return unknown with { Field = "event" }; }

        var begun = await db.Write<Result<(Webhook Hook, Delivery Delivery)>>(tx =>
        {
            if (WebhookStore.Find(tx, caller.Workspace, id) is not { } hook) { return Faults.NoWebhook(id); }

            var (now, kind) = (tx.Clock.NowMs(), EventCatalogue.Find(name ?? hook.Events[0])!);
            var delivery = new Delivery(
                HookIds.New(tx.Clock), id, kind.Name, "sample", true, WebhookDeliveryState.Waiting, 1, now, now + send.TakenMs, null, null, null, null, null,
                Payloads.Sample(kind, caller.Workspace, now));
            DeliveryStore.Insert(tx, delivery, delivery.Id);
            tx.Audit(caller, Actions.Test, hook.Subject);
            return (hook, delivery);
        }, ct);
        return begun.Fails(out var problem, out var taken) ? problem : await send.Attempt(taken.Hook, taken.Delivery, ct);
    }
}
