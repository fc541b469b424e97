using Slipway.Monitoring.Statistics;

namespace Slipway.Monitoring.Tests.Statistics;

public sealed class PerformanceTests
{
    private static readonly System.Text.Json.JsonElement Oracle = Samples.Oracle.GetProperty("classification");

    // The rows of the oracle: score u, outcome v < u^1.5, decided at 0.5, group A where the third number is below 0.4.
    private static readonly List<Outcome> Outcomes =
    [
        .. Samples.Minstd(11).Zip(Samples.Minstd(12), Samples.Minstd(13)).Take(400)
            .Select(row => new Outcome(row.First, row.First >= 0.5, row.Second < Math.Pow(row.First, 1.5), new Dictionary<string, string> { ["group"] = row.Third < 0.4 ? "A" : "B" })),
    ];

    [Fact]
    public void Outcomes_are_measured_as_by_scikit_learn()
    {
        var performance = Performance.Of(Outcomes, default);

        Assert.Equal((400, 152), (performance.Rows, performance.Positives));
        Assert.Equal(Oracle.Number("roc_auc"), performance.Auc.Value!.Value, 1e-9);
        Assert.Equal(Oracle.Number("logloss"), performance.LogLoss.Value!.Value, 1e-9);
        Assert.Equal(Oracle.Number("brier"), performance.Brier.Value!.Value, 1e-9);
        Assert.Equal(Oracle.Number("accuracy"), performance.Accuracy.Value!.Value, 1e-9);
        Assert.Equal(Oracle.GetProperty("tn_fp_fn_tp").Counts(), new[] { performance.Confusion!.TrueNegative, performance.Confusion.FalsePositive, performance.Confusion.FalseNegative, performance.Confusion.TruePositive });
        Assert.All((Figure[])[performance.Auc, performance.LogLoss, performance.Brier, performance.Accuracy], figure => Assert.InRange(figure.Value!.Value, figure.Low!.Value, figure.High!.Value));
    }

    [Fact]
    public void Groups_are_those_of_Fairlearn_held_against_the_largest()
    {
        var groups = Performance.ByGroups(Outcomes, true, 30).Single();

        Assert.Equal(("group", "B"), (groups.Column, groups.Reference));
        Assert.Equal(Oracle.Number("fairness", "dp_ratio"), groups.ParityRatio!.Value, 1e-9);
        Assert.Equal(Oracle.Number("fairness", "eo_diff_worst"), groups.OddsDifference!.Value, 1e-9);
        Assert.Equal(Oracle.Number("fairness", "selection_rate", "A"), groups.Groups[0].SelectionRate!.Value, 1e-9);
        Assert.Equal(Oracle.Number("fairness", "selection_rate", "A") / Oracle.Number("fairness", "selection_rate", "B"), groups.Contrasts.Single().Decisions.Ratio!.Value, 1e-9);
        Assert.Equal(0.5, Performance.ByGroups(Outcomes, false, 30).Single().Groups[0].SelectionRate!.Value, 1e-9);
        Assert.All(Performance.ByGroups(Outcomes, true, 200).Single().Groups, group => Assert.Equal(group.Group == "A", group.Suppressed));
    }

    [Fact]
    public void What_was_not_scored_or_decided_has_no_figures()
    {
        var bare = Performance.Of([new Outcome(null, null, true, new Dictionary<string, string>())], default);
        var equal = Performance.Of([new Outcome(0.2, null, false, new Dictionary<string, string>()), new Outcome(0.4, null, false, new Dictionary<string, string>())], default);

        Assert.Equal((1, 1, null, null, null), (bare.Rows, bare.Positives, bare.Auc.Value, bare.Accuracy.Value, bare.Confusion));
        Assert.Equal((null, 0.1, null), (equal.Auc.Value, Math.Round(equal.Brier.Value!.Value, 9), equal.Confusion));
        Assert.Equal(0, Performance.Of([], default).Rows);
        Assert.Empty(Performance.ByGroups([], true, 30));
    }
}
