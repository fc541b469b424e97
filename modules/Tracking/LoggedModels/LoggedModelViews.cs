using Slipway.Tracking.Contracts;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.LoggedModels;

/// <summary>Logged models as pages read them.</summary>
internal static class LoggedModelViews
{
    public static LoggedModelView ToView(this LoggedModelWithData found) => new(
        found.Model.ModelId, found.Model.Name, found.Model.ExperimentIdText, found.Model.Status, found.Model.ModelType, found.Model.CreatedMs, found.Model.UpdatedMs,
        found.Model.Deleted ? Lifecycle.Deleted : Lifecycle.Active, found.Model.ArtifactUri,
        found.Params.ToDictionary(param => param.Key, param => param.Value, StringComparer.Ordinal),
        found.Tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal),
        [.. found.Metrics.Select(View)], NullIfEmpty(found.Model.SourceRunId));

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static LoggedModelMeasureView View(ModelMetric metric) => new(
        metric.Key, metric.RunId, metric.Point.Step, metric.Point.TimeMs, RunWithData.NumberOrNull(metric.Point.Value), NullIfEmpty(metric.DatasetName), NullIfEmpty(metric.DatasetDigest));
}
