using Slipway.Kernel;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Events;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Deliveries;

/// <summary>Writes down, for every webhook that wants to hear of a fact, that it is to be delivered. The same fact again writes nothing.</summary>
internal sealed class NoteFacts(Db db, Payloads payloads) : IFactHandler
{
    public string Subscriber => "webhooks.deliveries";

    public string Kind => IFactHandler.Every;

    // Most facts are of workspaces without webhooks.
    public async Task Handle(IReadOnlyList<StoredFact> facts, CancellationToken ct)
    {
        var listening = await db.Read(tx => WebhookStore.Listening(tx, [.. facts.Select(fact => fact.Workspace).Distinct()]), ct);
        foreach (var fact in facts.Where(fact => listening.Contains(fact.Workspace))) { await Handle(fact, ct); }
    }

    public async Task Handle(StoredFact fact, CancellationToken ct)
    {
        if (FactEvents.Of(fact) is not { } name || EventCatalogue.Find(name) is not { } kind) { return; }

        // Looked at before written: most facts are heard by nobody.
        if (await db.Read(tx => WebhookStore.Hearing(tx, fact.Workspace, name, fact.Position).Count == 0, ct)) { return; }

        await db.Write(tx =>
        {
            var hooks = WebhookStore.Hearing(tx, fact.Workspace, name, fact.Position);
            if (hooks.Count == 0) { return; }

            var (now, body) = (tx.Clock.NowMs(), payloads.Write(tx, fact, kind));
            var waiting = DeliveryStore.Waiting(tx, [.. hooks.Select(hook => hook.Id)]);
            foreach (var hook in hooks)
            {
                var delivery = new Delivery(HookIds.New(tx.Clock), hook.Id, name, fact.Subject, false, WebhookDeliveryState.Waiting, 0, now, now, null, null, null, null, null, body);
                DeliveryStore.Insert(tx, waiting.GetValueOrDefault(hook.Id) < Limits.WebhookDeliveries ? delivery : TooMany(delivery), fact.FactId);
            }
        }, ct);
    }

    private static Delivery TooMany(Delivery delivery) => delivery with
    {
        State = WebhookDeliveryState.Failed,
        DueMs = null,
        EndedMs = delivery.CreatedMs,
        Error = $"Not sent: {Limits.WebhookDeliveries} deliveries waited already.",
    };
}
