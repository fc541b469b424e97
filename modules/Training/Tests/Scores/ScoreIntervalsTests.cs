using Slipway.Training.Ports;
using Slipway.Training.Scores;

namespace Slipway.Training.Tests.Scores;

public sealed class ScoreIntervalsTests
{
    private static readonly double[] Score = Array.ConvertAll(Tables.Minstd(11, 400), u => Math.Round(u, 2));
    private static readonly double[] Label = [.. Score.Zip(Tables.Minstd(12, 400), (u, v) => v < Math.Pow(u, 1.5) ? 1.0 : 0)];

    [Fact]
    public void The_interval_of_the_area_has_the_variance_of_all_pairs()
    {
        // DeLong, DeLong and Clarke-Pearson (1988), equations 4 to 6, pair by pair.
        double[] positives = [.. Score.Where((_, row) => Label[row] == 1)], negatives = [.. Score.Where((_, row) => Label[row] == 0)];
        static double Kernel(double x, double y) => x > y ? 1 : x == y ? 0.5 : 0;
        var v10 = positives.Select(x => negatives.Average(y => Kernel(x, y))).ToArray();
        var v01 = negatives.Select(y => positives.Average(x => Kernel(x, y))).ToArray();
        var auc = v10.Average();
        var variance = (v10.Sum(v => (v - auc) * (v - auc)) / (v10.Length - 1) / v10.Length) + (v01.Sum(v => (v - auc) * (v - auc)) / (v01.Length - 1) / v01.Length);

        var interval = ScoreIntervals.RocAuc(Score, Label)!;

        Assert.Equal(Ranking.Of(Score, Label)!.RocAuc, (interval.Low + interval.High) / 2, 1e-12);
        Assert.Equal(1.959963984540054 * Math.Sqrt(variance), (interval.High - interval.Low) / 2, 1e-12);
    }

    [Fact]
    public void Losses_have_the_intervals_of_their_means_and_what_cannot_be_told_is_left_out()
    {
        var confusion = Confusion.Of(Score, Label, 0.5);
        var intervals = OutcomeMeasures.Intervals(Score, Label, confusion);
        var brier = Score.Zip(Label, (score, label) => (score - label) * (score - label)).ToArray();
        var error = Math.Sqrt(brier.Sum(value => Math.Pow(value - brier.Average(), 2)) / 399 / 400);

        Assert.Equal(["roc_auc", "log_loss", "brier", "accuracy"], intervals.Keys);
        Assert.Equal(brier.Average() - (1.959963984540054 * error), intervals["brier"].Low, 1e-12);
        Assert.Equal(Proportions.Wilson(confusion.TruePositive + confusion.TrueNegative, 400), intervals["accuracy"]);
        Assert.Empty(OutcomeMeasures.Intervals([0.4], [1], null));
        Assert.DoesNotContain("roc_auc", OutcomeMeasures.Intervals([0.4, 0.5, 0.6], [1, 1, 1], null).Keys);
    }

    [Fact]
    public void Measures_of_outcomes_are_those_of_an_evaluation_and_undefined_where_all_are_equal()
    {
        var measures = OutcomeMeasures.Binary(Score, Label, Array.ConvertAll(Score, score => score >= 0.5), default);
        var equal = OutcomeMeasures.Binary([0.2, 0.4], [0, 0], null, default);

        Assert.Equal(Ranking.Of(Score, Label)!.RocAuc, measures.Metrics["roc_auc"]);
        Assert.Equal(Confusion.Of(Score, Label, 0.5), measures.Confusion);
        Assert.Equal((null, null, 0.1), (equal.Metrics["roc_auc"], equal.Confusion, Math.Round(equal.Metrics["brier"]!.Value, 12)));
        Assert.DoesNotContain("accuracy", equal.Metrics.Keys);
    }
}
