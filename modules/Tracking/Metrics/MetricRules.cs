using System.Globalization;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Tracking.Metrics;

/// <summary>What a metric's key and points may be.</summary>
internal static class MetricRules
{
    public static Problem? Fault(string key, IReadOnlyList<MetricPoint> points)
    {
        if (key.Length == 0) { return MlflowFaults.Missing("key"); }

        if (key.Length > KeyRules.KeyChars) { return Problem.Invalid("key", KeyRules.TooLong("Metric name", KeyRules.KeyChars)); }

        if (KeyRules.Fault(key, "name") is { } fault) { return Problem.Invalid("key", fault); }

        foreach (var point in points)
        {
            if (point.TimeMs < 0)
            {
                return Problem.Invalid(
                    "timestamp", $"Invalid value {point.TimeMs} for parameter 'timestamp' supplied: metric '{key}' (value={Shown(point.Value)}). Timestamp must be a nonnegative long (64-bit integer) ");
            }
        }

        return null;
    }

    // As Python shows a float.
    private static string Shown(double value) => value == Math.Truncate(value) && Math.Abs(value) < 1e16
        ? value.ToString("F1", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);
}
