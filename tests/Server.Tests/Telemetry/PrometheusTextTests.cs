using System.Diagnostics.Metrics;

namespace Slipway.Server.Tests;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Counters_and_histograms_are_written_with_labels_and_cumulative_buckets()
    {
        using var store = new MetricsStore();
        using var meter = new Meter("Slipway");
        var writes = meter.CreateCounter<long>("slipway.test.writes", description: "Writes.");
        var time = meter.CreateHistogram<double>("slipway.test.time", "s");

        writes.Add(2, new KeyValuePair<string, object?>("kind", "a\"b"));
        writes.Add(3, new KeyValuePair<string, object?>("kind", "a\"b"));
        time.Record(0.003);
        time.Record(20);

        var text = PrometheusText.Of(store);
        Assert.Contains("# TYPE slipway_test_writes counter\nslipway_test_writes{kind=\"a\\\"b\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("slipway_test_time_seconds_bucket{le=\"0.0025\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("slipway_test_time_seconds_bucket{le=\"0.005\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("slipway_test_time_seconds_bucket{le=\"+Inf\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("slipway_test_time_seconds_count 2\n", text, StringComparison.Ordinal);
    }
}
