using System.Globalization;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Inputs;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Runs;

/// <summary>A row of <c>tracking_runs</c>.</summary>
/// <param name="Key">Integer surrogate, not shown outside.</param>
/// <param name="StartMs">As the client said; 0 = it did not.</param>
internal sealed record Run(
    long Key, string RunId, long ExperimentId, string Name, string UserId, RunStatus Status, long StartMs, long? EndMs, bool Deleted, string ArtifactUri)
{
    public string ExperimentIdText => ExperimentId.ToString(CultureInfo.InvariantCulture);

    public bool HasEnded => Status is RunStatus.Finished or RunStatus.Failed or RunStatus.Killed;
}

/// <summary>A run with what was logged to it.</summary>
internal sealed record RunWithData(Run Run)
{
    public List<(string Key, MetricPoint Point)> Metrics { get; } = [];

    public List<(string Key, string Value)> Params { get; } = [];

    public List<(string Key, string Value)> Tags { get; } = [];

    /// <summary>What went in and came out, where it was asked for.</summary>
    public RunInputs Inputs { get; init; } = RunInputs.None;

    public RunView ToView() => new(
        Run.RunId, Run.Name, Run.ExperimentIdText, Run.Status, Run.Deleted ? Lifecycle.Deleted : Lifecycle.Active, Run.StartMs, Run.UserId,
        Params.ToDictionary(param => param.Key, param => param.Value, StringComparer.Ordinal),
        Metrics.ToDictionary(metric => metric.Key, metric => NumberOrNull(metric.Point.Value), StringComparer.Ordinal),
        Tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal), Run.EndMs);

    /// <summary>JSON has no NaN: not a number is null.</summary>
    public static double? NumberOrNull(double value) => double.IsNaN(value) ? null : value;
}
