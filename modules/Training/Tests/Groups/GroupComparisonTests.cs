using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Groups;

namespace Slipway.Training.Tests.Groups;

public sealed class GroupComparisonTests
{
    [Fact]
    public void Rates_and_spans_are_those_of_the_oracle()
    {
        var oracle = Tables.Oracle.GetProperty("classification").GetProperty("fairness");
        var score = Tables.Minstd(11, 400);
        bool[] label = [.. score.Zip(Tables.Minstd(12, 400), (u, v) => v < Math.Pow(u, 1.5))];
        var group = Column.OfTexts("group", [.. Tables.Minstd(13, 400).Select(u => u < 0.4 ? "A" : "B")]);

        var compared = GroupComparison.Of(new GroupRule("group", "B", 30), group, Array.ConvertAll(score, u => u >= 0.5), label, score);

        foreach (var row in compared.Groups)
        {
            Assert.Equal(oracle.Number("n", row.Group), row.Rows);
            Assert.Equal(oracle.Number("selection_rate", row.Group), row.SelectionRate!.Value, 1e-9);
            Assert.Equal(oracle.Number("tpr", row.Group), row.TruePositiveRate!.Value, 1e-9);
            Assert.Equal(oracle.Number("fpr", row.Group), row.FalsePositiveRate!.Value, 1e-9);
        }

        Assert.Equal(oracle.Number("dp_diff"), compared.ParityDifference!.Value, 1e-9);
        Assert.Equal(oracle.Number("dp_ratio"), compared.ParityRatio!.Value, 1e-9);
        Assert.Equal(oracle.Number("eo_diff_worst"), compared.OddsDifference!.Value, 1e-9);
        Assert.Equal(oracle.Number("eo_ratio_worst"), compared.OddsRatio!.Value, 1e-9);
        var contrast = Assert.Single(compared.Contrasts);
        Assert.Equal(oracle.Number("eopp_diff"), contrast.TruePositiveRateDifference!.Value, 1e-9);
    }

    [Theory]
    [InlineData(0.5, 0.881)]
    [InlineData(0.4, 0.858)]
    [InlineData(0.3, 0.805)]
    [InlineData(0.25, 0.788)]
    [InlineData(0.2, 0.720)]
    public void The_scorecard_approves_the_groups_in_the_published_ratio(double threshold, double ratio) =>
        Assert.Equal(ratio, Math.Round(Mortgage(Array.ConvertAll(Samples.ScorecardScores(), score => score < threshold)).Contrasts.Single().Decisions.Ratio!.Value, 3));

    [Fact]
    public void The_historical_decisions_have_the_published_rates()
    {
        var approved = Array.ConvertAll(Samples.Denied, denied => denied == 0);

        var compared = Mortgage(approved);

        Assert.Equal([(2041L, 0.9074), (339L, 0.7168)], compared.Groups.Select(group => (group.Rows, Math.Round(group.LabelRate!.Value, 4))));
        var labels = compared.Contrasts.Single().Labels;
        Assert.Equal((0.790, 0.738, 0.846), (Math.Round(labels.Ratio!.Value, 3), Math.Round(labels.Interval!.Low, 3), Math.Round(labels.Interval.High, 3)));
    }

    [Fact]
    public void A_small_group_shows_no_rates_and_is_not_compared()
    {
        string[] groups = [.. Enumerable.Repeat("large", 40), .. Enumerable.Repeat("small", 29), .. Enumerable.Repeat("other", 30)];
        bool[] yes = [.. groups.Select((_, row) => row % 2 == 0)];

        var compared = GroupComparison.Of(new GroupRule("g", "large", 30), Column.OfTexts("g", groups), yes, yes, new double[groups.Length]);

        var small = compared.Groups.Single(group => group.Group == "small");
        Assert.Equal(new GroupView("small", 29, true), small);
        Assert.Equal(["other"], compared.Contrasts.Select(contrast => contrast.Group));
    }

    private static GroupComparisonView Mortgage(bool[] approved) => GroupComparison.Of(
        new GroupRule("afam", "no", 30), Tables.Mortgage["afam"], approved, Array.ConvertAll(Samples.Denied, denied => denied == 0), Samples.ScorecardScores());
}
