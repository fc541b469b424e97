namespace Slipway.Training.Contracts;

/// <summary>How a model file does on rows that it was not fitted to, as <c>evaluation.json</c>.</summary>
/// <param name="Kind"><c>binary</c> or <c>regression</c>.</param>
/// <param name="Metrics">By name (<c>roc_auc</c>, <c>log_loss</c>, <c>rmse</c>, …); null = not defined on these rows. docs/training.md has the formulas.</param>
/// <param name="Findings">What a person should look at before the model is used.</param>
/// <param name="Groups">One comparison per column that was asked for.</param>
public sealed record EvaluationReport(
    string Kind, string ModelDigest, string DataDigest, long Rows, LabelView Label, IReadOnlyDictionary<string, double?> Metrics,
    IReadOnlyList<FindingView> Findings, IReadOnlyList<GroupComparisonView> Groups,
    DecisionView? Decision = null, ConfusionView? Confusion = null, CalibrationView? Calibration = null);

/// <summary>What is done with a score.</summary>
/// <param name="AtOrAbove">The decision for a score at or above the threshold.</param>
/// <param name="Favourable">The decision that is good for the person concerned; absent when nobody said.</param>
public sealed record DecisionView(double Threshold, string AtOrAbove, string Below, string? Favourable = null);

/// <summary>Positive = the label's positive value, and a score at or above the threshold.</summary>
public sealed record ConfusionView(long TruePositive, long FalsePositive, long TrueNegative, long FalseNegative);

/// <summary>Scores against what happened.</summary>
/// <param name="Slope">Of the logistic regression of the label on the log-odds of the score; 1 is ideal; absent when that cannot be fitted.</param>
/// <param name="Intercept">Of the same regression; 0 is ideal.</param>
/// <param name="Bins">Ten groups of equally many rows by score.</param>
public sealed record CalibrationView(
    double ErrorEqualWidth, double ErrorEqualCount, IReadOnlyList<CalibrationBinView> Bins, double? Slope = null, double? Intercept = null);

public sealed record CalibrationBinView(double LowScore, double HighScore, long Rows, double MeanScore, double Rate);

/// <param name="Low">At the confidence of 95 %.</param>
public sealed record IntervalView(double Low, double High);

/// <summary>The decisions by groups of one column.</summary>
/// <param name="MinimumRows">Groups of fewer rows show no rates.</param>
/// <param name="ParityDifference">Greatest less least selection rate of the groups that are large enough; absent with fewer than two.</param>
/// <param name="ParityRatio">Least over greatest selection rate.</param>
/// <param name="OddsDifference">The greater of the spans of true and false positive rates.</param>
/// <param name="OddsRatio">The lesser of the ratios of true and false positive rates.</param>
public sealed record GroupComparisonView(
    string Column, string Reference, long MinimumRows, IReadOnlyList<GroupView> Groups, IReadOnlyList<ContrastView> Contrasts,
    double? ParityDifference = null, double? ParityRatio = null, double? OddsDifference = null, double? OddsRatio = null);

/// <summary>One group. The rates stand for the favourable decision: selected = got it. Absent in a suppressed group, and where nothing can be divided.</summary>
/// <param name="Suppressed">Fewer rows than the minimum.</param>
/// <param name="LabelRate">Share that got the favourable outcome in the data itself.</param>
/// <param name="TruePositiveRate">Share selected of those with the favourable outcome.</param>
/// <param name="FalsePositiveRate">Share selected of those without.</param>
/// <param name="Precision">Share with the favourable outcome of those selected.</param>
public sealed record GroupView(
    string Group, long Rows, bool Suppressed, long? Selected = null, double? SelectionRate = null, IntervalView? SelectionInterval = null,
    double? LabelRate = null, IntervalView? LabelInterval = null, double? TruePositiveRate = null, double? FalsePositiveRate = null,
    double? Precision = null, double? Accuracy = null, double? MeanScore = null);

/// <summary>A group against the reference group; differences are group less reference.</summary>
/// <param name="Decisions">Selection rates under this model.</param>
/// <param name="Labels">The same of the outcomes in the data.</param>
public sealed record ContrastView(
    string Group, string Reference, RateRatioView Decisions, RateRatioView Labels, double? TruePositiveRateDifference = null,
    double? FalsePositiveRateDifference = null, double? PrecisionDifference = null, double? AverageOddsDifference = null);

/// <param name="Ratio">Group's rate over reference's; absent when the reference's is 0.</param>
/// <param name="Interval">Katz, on the logarithm; absent when either count is 0.</param>
/// <param name="FisherP">Two-sided, of equal rates.</param>
public sealed record RateRatioView(double Difference, double FisherP, double? Ratio = null, IntervalView? Interval = null);

/// <param name="Code"><c>single_feature</c>, <c>selection_ratio</c> or <c>small_group</c>.</param>
/// <param name="Severity"><c>warning</c> or <c>notice</c>.</param>
/// <param name="Subject">The column or group it is about.</param>
/// <param name="Detail">One sentence with figures.</param>
public sealed record FindingView(string Code, string Severity, string Subject, string Detail, IReadOnlyDictionary<string, double>? Values = null);
