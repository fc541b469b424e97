using System.Diagnostics.Metrics;
using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Deliveries;

/// <summary>What this module counts, as <c>/metrics</c> shows it.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    private readonly Meter _meter = new("Slipway");
    private readonly Counter<long> _attempts;

    public WebhookMetrics() => _attempts = _meter.CreateCounter<long>("slipway.webhooks.attempts");

    public void Attempted(WebhookDeliveryState after) => _attempts.Add(1, new KeyValuePair<string, object?>("outcome", after switch
    {
        WebhookDeliveryState.Delivered => "delivered",
        WebhookDeliveryState.Waiting => "again later",
        _ => "given up",
    }));

    public void Dispose() => _meter.Dispose();
}
