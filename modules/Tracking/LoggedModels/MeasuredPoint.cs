using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Inputs;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.LoggedModels;

/// <summary>A point that a run logged and measured of a model.</summary>
/// <param name="DatasetName">Empty when none was named; a name as it was sent, which need not be an input of the run.</param>
internal sealed record MeasuredPoint(string Key, MetricPoint Point, string ModelId, string DatasetName, string DatasetDigest)
{
    public static Problem? Fault(IReadOnlyList<MeasuredPoint> points)
    {
        foreach (var point in points)
        {
            if (point.DatasetName.Length > DatasetRules.NameChars) { return Problem.Invalid("dataset_name", KeyRules.TooLong("dataset_name", DatasetRules.NameChars)); }

            if (point.DatasetDigest.Length > DatasetRules.DigestChars) { return Problem.Invalid("dataset_digest", KeyRules.TooLong("dataset_digest", DatasetRules.DigestChars)); }
        }

        return null;
    }

    /// <summary>The shown point of each key, model and dataset, in one order for everybody, so that PostgreSQL's locks cannot cross.</summary>
    public static IReadOnlyList<(long KeyId, MeasuredPoint Point)> Latest(IReadOnlyList<MeasuredPoint> points, Dictionary<string, long> keyIds) =>
    [
        .. points.GroupBy(point => (KeyId: keyIds[point.Key], point.ModelId, point.DatasetName, point.DatasetDigest))
            .Select(group => (group.Key.KeyId, Point: group.Aggregate((shown, next) => next.Point.IsLaterThan(shown.Point) ? next : shown)))
            .OrderBy(one => one.Point.ModelId, StringComparer.Ordinal).ThenBy(one => one.KeyId)
            .ThenBy(one => one.Point.DatasetName, StringComparer.Ordinal).ThenBy(one => one.Point.DatasetDigest, StringComparer.Ordinal),
    ];
}
