using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Deliveries;

/// <summary>A row of <c>webhooks_deliveries</c>.</summary>
internal sealed record Delivery(
    string Id, string HookId, string Event, string Subject, bool Test, WebhookDeliveryState State, long Attempts, long CreatedMs, long? DueMs, long? EndedMs,
    long? Status, long? TookMs, string? Answer, string? Error, string Body)
{
    public WebhookDeliveryView ToView(bool withBody) => new(
        Id, Event, Subject, State, Test, Attempts, CreatedMs, DueMs, EndedMs, Status, TookMs, Answer, Error, withBody ? Body : null);
}
