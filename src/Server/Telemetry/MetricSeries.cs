using System.Diagnostics.Metrics;

namespace Slipway.Server;

/// <summary>One instrument with one set of labels.</summary>
internal sealed class MetricSeries(Instrument instrument, IReadOnlyList<KeyValuePair<string, string>> labels)
{
    /// <summary>Upper bounds of histogram buckets, in the instrument's unit: OpenTelemetry's advice for durations in seconds.</summary>
    public static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private double _value;
    private long _count;

    public Instrument Instrument { get; } = instrument;

    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; } = labels;

    public string Type { get; } = TypeOf(instrument);

    public double Value { get { lock (_lock) { return _value; } } }

    public void Record(double value)
    {
        lock (_lock)
        {
            // Observable instruments report totals, the others what is to be added.
            _value = Instrument.IsObservable ? value : _value + value;
            if (Type != "histogram") { return; }

            _count++;
            var bucket = Array.BinarySearch(Bounds, value);
            _buckets[bucket < 0 ? ~bucket : bucket]++;
        }
    }

    /// <summary>Cumulative counts per bound (the last is +Inf), sum and count.</summary>
    public (long[] Buckets, double Sum, long Count) Histogram()
    {
        lock (_lock)
        {
            var cumulative = new long[_buckets.Length];
            long running = 0;
            for (var i = 0; i < cumulative.Length; i++) { cumulative[i] = running += _buckets[i]; }

            return (cumulative, _value, _count);
        }
    }

    private static string TypeOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter"
            : "gauge";
    }
}
