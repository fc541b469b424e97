using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Slipway.Server;

/// <summary>Listens to the meters of the process and adds up what they measure; read by <c>/metrics</c>. Thread safe.</summary>
internal sealed class MetricsStore : IDisposable
{
    // Labels come from routes and status codes; this stops a mistake from filling the memory.
    private const int MaxSeries = 5_000;
    private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Slipway"];

    private readonly ConcurrentDictionary<(Instrument, string), MetricSeries> _series = new();
    private readonly MeterListener _listener = new();

    public MetricsStore()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name)) { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<MetricSeries> Series => _series.Values;

    /// <summary>Asks observable instruments for their value now.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (instrument, KeyOf(tags));
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= MaxSeries) { return; }

            var labels = new List<KeyValuePair<string, string>>(tags.Length);
            foreach (var tag in tags) { labels.Add(new(tag.Key, Text(tag.Value))); }

            series = _series.GetOrAdd(key, new MetricSeries(instrument, labels));
        }

        series.Record(value);
    }

    private static string KeyOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) { return ""; }

        var key = new System.Text.StringBuilder();
        foreach (var tag in tags) { key.Append(tag.Key).Append('=').Append(Text(tag.Value)).Append('\n'); }

        return key.ToString();
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
