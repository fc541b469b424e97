using System.Text.Json;

namespace Slipway.Monitoring.Contracts;

/// <summary>What really happened after a prediction.</summary>
/// <param name="PredictionId">As the prediction's answer gave it.</param>
/// <param name="Label">The outcome: a text, a number or a truth value, as in the data that the version was evaluated on.</param>
/// <param name="Groups">Group by column, for fairness.</param>
/// <param name="ObservedMs">When it happened; absent = now.</param>
public sealed record LabelEntry(string PredictionId, JsonElement Label, IReadOnlyDictionary<string, string>? Groups = null, long? ObservedMs = null);

/// <summary>What became of a batch.</summary>
/// <param name="Received">Entries of the batch.</param>
/// <param name="Joined">Kept with their predictions.</param>
/// <param name="Unknown">Entries whose prediction is not in the log: they were not kept.</param>
/// <param name="UnknownIds">The first 20 of them.</param>
public sealed record LabelsView(long Received, long Joined, long Unknown, IReadOnlyList<string> UnknownIds);

/// <summary>How a version did in a span of time, by the outcomes that have arrived.</summary>
/// <param name="Labels">Outcomes joined with predictions of the span.</param>
/// <param name="WatermarkMs">When the newest of them arrived.</param>
/// <param name="Metrics">Realised, each with a 95 % interval where one is defined, beside the evaluation's.</param>
/// <param name="Digest">SHA-256 of the result (JSON).</param>
public sealed record PerformanceView(
    long Version, long FromMs, long ToMs, long Labels, long WatermarkMs, long ComputedMs, AspectVerdict Performance, AspectVerdict Fairness,
    IReadOnlyList<RealisedMetric> Metrics, IReadOnlyList<GroupPerformance> Groups, string Digest, RealisedConfusion? Confusion = null);

/// <param name="Name"><c>roc_auc</c>, <c>log_loss</c>, <c>brier</c> or <c>accuracy</c>.</param>
/// <param name="Value">Absent = not defined on these rows.</param>
/// <param name="Evaluated">The same measure in the version's evaluation.</param>
public sealed record RealisedMetric(string Name, double? Value = null, double? Low = null, double? High = null, double? Evaluated = null);

/// <summary>Positive = the label's positive value, and the decision at or above the threshold.</summary>
public sealed record RealisedConfusion(long TruePositive, long FalsePositive, long TrueNegative, long FalseNegative);

/// <summary>Groups of one column side by side; selected = got the favourable decision.</summary>
/// <param name="LeastRatio">Least selection rate over that of the reference group; absent with fewer than two groups large enough.</param>
public sealed record GroupPerformance(string Column, IReadOnlyList<GroupRow> Groups, string? Reference = null, double? LeastRatio = null);

/// <param name="Suppressed">Fewer outcomes than the minimum: no figures.</param>
/// <param name="Ratio">Selection rate over that of the reference group; absent for the reference itself.</param>
public sealed record GroupRow(
    string Group, long Rows, bool Suppressed, bool IsReference, double? SelectionRate = null, double? SelectionLow = null, double? SelectionHigh = null,
    double? Ratio = null, double? RatioLow = null, double? RatioHigh = null);
