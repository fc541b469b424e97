using System.Diagnostics.Metrics;

namespace Slipway.Kernel.Outbound;

/// <summary>What is counted of calls to addresses that users give, as <c>/metrics</c> shows it.</summary>
public sealed class OutboundMetrics : IDisposable
{
    private readonly Meter _meter = new("Slipway");
    private readonly Counter<long> _refused;
    private readonly Counter<long> _calls;

    public OutboundMetrics()
    {
        _refused = _meter.CreateCounter<long>("slipway.outbound.refused");
        _calls = _meter.CreateCounter<long>("slipway.outbound.calls");
    }

    internal void Refused(RefusalReason reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString().ToLowerInvariant()));

    internal void Called(OutboundAnswer answer) =>
        _calls.Add(1, new KeyValuePair<string, object?>("outcome", answer.Succeeded ? "answered" : answer.Status is not null ? "refused by the receiver" : "no answer"));

    public void Dispose() => _meter.Dispose();
}
