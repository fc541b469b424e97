using Slipway.Training.Design;
using Slipway.Training.Fitting;

namespace Slipway.Training.Tests;

/// <summary>The published models of the samples, on all rows.</summary>
internal static class Samples
{
    public static readonly FeatureRule[] ScorecardRules =
    [
        new("pirat"), new("hirat"), new("lvrat") { Bins = [0.8, 0.95] }, new("chist"), new("mhist"), new("phist") { Positive = "yes" }, new("selfemp") { Positive = "yes" },
        new("insurance") { Positive = "yes" },
    ];

    public static readonly FeatureRule[] EarningsRules =
        [new("year") { Category = true }, new("degree"), new("gender") { Reference = "female" }, new("age")];

    public static readonly double[] Denied = Labels.Read(new LabelRule("deny", "yes"), Tables.Mortgage["deny"], binary: true).Value;

    public static readonly double[] LogEarnings = Labels.Read(new LabelRule("earnings", Log: true), Tables.Earnings["earnings"], binary: false).Value;

    public static DesignMatrix Design(IReadOnlyList<FeatureRule> rules, IReadOnlyDictionary<string, Column> columns) =>
        DesignMatrix.Make(FeaturePlan.Make(rules, columns).Value, columns, columns.Values.First().Rows).Value;

    public static double[] Ones(int rows) => [.. Enumerable.Repeat(1.0, rows)];

    /// <summary>Probability of denial by the scorecard, per row.</summary>
    public static double[] ScorecardScores()
    {
        var design = Design(ScorecardRules, Tables.Mortgage);
        var fit = LogisticFit.Run(design, Denied, Ones(design.Rows), default).Value;
        return [.. Enumerable.Range(0, design.Rows).Select(row => LogisticFit.Probability(fit.Predictor(design.Columns, row)))];
    }
}
