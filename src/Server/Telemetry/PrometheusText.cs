using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Slipway.Server;

/// <summary>Writes the measured series in Prometheus' text format 0.0.4; OpenTelemetry names have their dots turned into underscores.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(MetricsStore store)
    {
        store.Observe();
        var text = new StringBuilder();
        foreach (var group in store.Series.GroupBy(series => series.Instrument.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var instrument = group.First().Instrument;
            var name = NameOf(instrument);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {(instrument.Description ?? instrument.Name).ReplaceLineEndings(" ")}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {group.First().Type}\n");
            foreach (var series in group) { Write(text, name, series); }
        }

        return text.ToString();
    }

    internal static string NameOf(Instrument instrument)
    {
        var name = new string([.. instrument.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "ms" => "_milliseconds", _ => "" };
        return name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
    }

    private static void Write(StringBuilder text, string name, MetricSeries series)
    {
        if (series.Type != "histogram")
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{Labels(series.Labels)} {series.Value}\n");
            return;
        }

        var (buckets, sum, count) = series.Histogram();
        for (var i = 0; i < buckets.Length; i++)
        {
            var bound = i < MetricSeries.Bounds.Length ? MetricSeries.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{Labels([.. series.Labels, new("le", bound)])} {buckets[i]}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Labels(series.Labels)} {sum}\n{name}_count{Labels(series.Labels)} {count}\n");
    }

    private static string Labels(IReadOnlyList<KeyValuePair<string, string>> labels) => labels.Count == 0 ? "" : "{" + string.Join(",", labels.Select(label =>
        $"{label.Key.Replace('.', '_')}=\"{label.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"")) + "}";
}
