using System.Globalization;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.LoggedModels;

/// <summary>A row of <c>tracking_models</c>.</summary>
/// <param name="Key">Integer surrogate, of the same sequence as those of runs; not shown outside.</param>
/// <param name="SourceRunId">Empty when no run was named.</param>
internal sealed record LoggedModel(
    long Key, string ModelId, long ExperimentId, string Name, string ModelType, string SourceRunId, LoggedModelStatus Status, string ArtifactUri, long CreatedMs, long UpdatedMs, bool Deleted)
{
    /// <summary>What every id begins with.</summary>
    public const string IdPrefix = "m-";

    public string ExperimentIdText => ExperimentId.ToString(CultureInfo.InvariantCulture);

    public static Problem NotFound(string modelId) => new(404, "not_found", $"Logged model with ID '{modelId}' not found.");
}

/// <summary>A model with what is known of it.</summary>
internal sealed record LoggedModelWithData(LoggedModel Model)
{
    public List<(string Key, string Value)> Tags { get; } = [];

    public List<(string Key, string Value)> Params { get; } = [];

    public List<ModelMetric> Metrics { get; } = [];
}

/// <param name="DatasetName">Empty when no dataset was named.</param>
internal sealed record ModelMetric(string Key, MetricPoint Point, string RunId, string DatasetName, string DatasetDigest);
