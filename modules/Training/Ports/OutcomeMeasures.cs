using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Groups;
using Slipway.Training.Scores;

namespace Slipway.Training.Ports;

/// <summary>How scores and decisions did, once the outcomes are known: the measures of an evaluation (docs/training.md has the formulas), for rooms that learn outcomes later. Pure.</summary>
public static class OutcomeMeasures
{
    /// <param name="scores">Probabilities, 0 to 1, at least one.</param>
    /// <param name="label">What happened, 1 or 0, one per score.</param>
    /// <param name="decided">Per row: the decision was the positive one; null when nothing was decided.</param>
    public static BinaryMeasures Binary(double[] scores, double[] label, bool[]? decided, CancellationToken ct)
    {
        var ranking = Ranking.Of(scores, label);
        var calibration = Calibration.Of(scores, label, ct);
        var metrics = new Dictionary<string, double?>(StringComparer.Ordinal)
        {
            ["roc_auc"] = ranking?.RocAuc, ["gini"] = ranking?.Gini, ["ks"] = ranking?.Ks, ["average_precision"] = ranking?.AveragePrecision,
            ["log_loss"] = Probabilities.LogLoss(scores, label), ["brier"] = Probabilities.Brier(scores, label),
            ["ece_width"] = calibration.ErrorEqualWidth, ["ece_count"] = calibration.ErrorEqualCount,
            ["calibration_slope"] = calibration.Slope, ["calibration_intercept"] = calibration.Intercept, ["positive_rate"] = label.Average(),
        };
        var confusion = decided is null ? null : Confusion.Of(decided, label);
        foreach (var (name, value) in confusion is null ? [] : Confusion.Measures(confusion)) { metrics[name] = value; }

        return new BinaryMeasures(metrics, calibration, confusion);
    }

    /// <summary>95 % intervals of <c>roc_auc</c>, <c>log_loss</c> and <c>brier</c>, and of <c>accuracy</c> when something was decided; one that the rows do not support is left out.</summary>
    public static IReadOnlyDictionary<string, IntervalView> Intervals(double[] scores, double[] label, ConfusionView? confusion)
    {
        var intervals = new Dictionary<string, IntervalView>(StringComparer.Ordinal);
        if (ScoreIntervals.RocAuc(scores, label) is { } auc) { intervals["roc_auc"] = auc; }

        if (ScoreIntervals.LogLoss(scores, label) is { } loss) { intervals["log_loss"] = loss; }

        if (ScoreIntervals.Brier(scores, label) is { } brier) { intervals["brier"] = brier; }

        if (confusion is not null) { intervals["accuracy"] = Proportions.Wilson(confusion.TruePositive + confusion.TrueNegative, label.Length); }

        return intervals;
    }

    /// <summary>The decisions by groups of one attribute.</summary>
    /// <param name="column">Name of the attribute.</param>
    /// <param name="reference">The group that the others are held against.</param>
    /// <param name="minimumRows">Smaller groups show no rates.</param>
    /// <param name="group">Per row; null = missing.</param>
    /// <param name="favoured">Per row: the decision was the favourable one.</param>
    /// <param name="deserved">Per row: the outcome is the favourable one.</param>
    public static GroupComparisonView Groups(string column, string reference, long minimumRows, string?[] group, bool[] favoured, bool[] deserved, double[] scores) =>
        GroupComparison.Of(new GroupRule(column, reference, minimumRows), Column.OfTexts(column, group), favoured, deserved, scores);
}

/// <param name="Metrics">By name; null = not defined on these rows, such as <c>roc_auc</c> when all outcomes are equal.</param>
/// <param name="Confusion">Null when nothing was decided.</param>
public sealed record BinaryMeasures(IReadOnlyDictionary<string, double?> Metrics, CalibrationView Calibration, ConfusionView? Confusion);
