using System.Diagnostics.Metrics;

namespace Slipway.Serving.Log;

/// <summary>What the prediction log measures of itself.</summary>
internal sealed class LogMetrics : IDisposable
{
    private readonly Meter _meter = new("Slipway");
    private readonly Counter<long> _rows;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _sync;

    /// <param name="lost">Rows that are missing in what is kept now.</param>
    public LogMetrics(Func<long> lost)
    {
        _rows = _meter.CreateCounter<long>("slipway.serving.log.rows", description: "Predictions that were made durable.");
        _bytes = _meter.CreateCounter<long>("slipway.serving.log.written", "By", "Bytes written to segments.");
        _refused = _meter.CreateCounter<long>("slipway.serving.log.refused", description: "Predictions not given because the log could not be written.");
        _dropped = _meter.CreateCounter<long>("slipway.serving.log.dropped", description: "Predictions given but not logged, as the settings allow, because the log could not be written.");
        _sync = _meter.CreateHistogram<double>("slipway.serving.log.sync", "s", "Time that the disk took for one group.");
        _meter.CreateObservableGauge("slipway.serving.log.lost", lost, description: "Predictions that may have been answered and are missing in the log that is kept.");
    }

    public void Synced(double seconds, int bytes)
    {
        _sync.Record(seconds);
        _bytes.Add(bytes);
    }

    public void Logged(int rows) => _rows.Add(rows);

    public void Refused(int rows) => _refused.Add(rows);

    public void Dropped(int rows) => _dropped.Add(rows);

    public void Dispose() => _meter.Dispose();
}
