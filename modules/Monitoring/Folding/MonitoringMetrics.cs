using System.Diagnostics.Metrics;

namespace Slipway.Monitoring.Folding;

/// <summary>What this module counts, as <c>/metrics</c> shows it.</summary>
internal sealed class MonitoringMetrics : IDisposable
{
    private readonly Meter _meter = new("Slipway");
    private readonly Counter<long> _predictions;
    private readonly Counter<long> _windows;
    private readonly Counter<long> _alerts;

    public MonitoringMetrics()
    {
        _predictions = _meter.CreateCounter<long>("slipway.monitoring.predictions");
        _windows = _meter.CreateCounter<long>("slipway.monitoring.windows");
        _alerts = _meter.CreateCounter<long>("slipway.monitoring.alerts");
    }

    public void Folded(long predictions, long windows)
    {
        _predictions.Add(predictions);
        _windows.Add(windows);
    }

    public void Raised(string kind) => _alerts.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Dispose() => _meter.Dispose();
}
