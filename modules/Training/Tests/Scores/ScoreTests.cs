using Slipway.Training.Scores;

namespace Slipway.Training.Tests.Scores;

public sealed class ScoreTests
{
    private static readonly double[] Score = Tables.Minstd(11, 400);
    private static readonly double[] Label = [.. Score.Zip(Tables.Minstd(12, 400), (u, v) => v < Math.Pow(u, 1.5) ? 1.0 : 0)];

    [Fact]
    public void The_generator_is_that_of_the_oracle()
    {
        var seed = Tables.Oracle.GetProperty("meta").GetProperty("minstd_seed1_first3").Numbers();

        foreach (var (wanted, got) in seed.Zip(Tables.Minstd(1, 3))) { Assert.Equal(wanted, got, 1e-12); }

        Assert.Equal(Tables.Oracle.Number("classification", "pos"), Label.Sum());
    }

    [Fact]
    public void Rankings_are_those_of_scikit_learn()
    {
        var ranking = Ranking.Of(Score, Label)!;

        Assert.Equal(Tables.Oracle.Number("classification", "roc_auc"), ranking.RocAuc, 1e-9);
        Assert.Equal(Tables.Oracle.Number("classification", "avg_precision"), ranking.AveragePrecision, 1e-9);
        Assert.Equal(Tables.Reference.Number("scores", "ks"), ranking.Ks, 1e-9);
        Assert.Equal((2 * ranking.RocAuc) - 1, ranking.Gini);
    }

    [Fact]
    public void Tied_scores_count_half()
    {
        var ranking = Ranking.Of(Array.ConvertAll(Score, score => Math.Floor(score * 20) / 20), Label)!;

        Assert.Equal(Tables.Reference.Number("scores", "tied_auc"), ranking.RocAuc, 1e-9);
        Assert.Equal(Tables.Reference.Number("scores", "tied_average_precision"), ranking.AveragePrecision, 1e-9);
        Assert.Equal(0.5, Ranking.Of([1, 1, 1, 1], [0, 1, 1, 0])!.RocAuc);
        Assert.Null(Ranking.Of([1, 2], [1, 1]));
    }

    [Fact]
    public void Losses_are_those_of_scikit_learn()
    {
        Assert.Equal(Tables.Oracle.Number("classification", "logloss"), Probabilities.LogLoss(Score, Label), 1e-9);
        Assert.Equal(Tables.Oracle.Number("classification", "brier"), Probabilities.Brier(Score, Label), 1e-9);
        Assert.True(double.IsFinite(Probabilities.LogLoss([0, 1], [1, 0])));
    }

    [Fact]
    public void Decisions_are_counted_and_measured_as_in_scikit_learn()
    {
        var counts = Confusion.Of(Score, Label, 0.5);

        Assert.Equal(Tables.Oracle.GetProperty("classification").GetProperty("tn_fp_fn_tp").Numbers(), new double[] { counts.TrueNegative, counts.FalsePositive, counts.FalseNegative, counts.TruePositive });
        var measures = Confusion.Measures(counts).ToDictionary(row => row.Name, row => row.Value);
        foreach (var (ours, theirs) in new[] { ("accuracy", "accuracy"), ("precision", "precision"), ("recall", "recall"), ("f1", "f1"), ("mcc", "mcc"), ("balanced_accuracy", "balanced_acc"), ("kappa", "kappa") })
        {
            Assert.Equal(Tables.Oracle.Number("classification", theirs), measures[ours]!.Value, 1e-9);
        }
    }

    [Fact]
    public void A_score_at_the_threshold_is_a_positive_decision() => Assert.Equal(1, Confusion.Of([0.25], [1], 0.25).TruePositive);

    [Fact]
    public void Without_positive_decisions_precision_is_not_defined() =>
        Assert.Null(Confusion.Measures(Confusion.Of([0.1, 0.2], [0, 1], 0.5)).First(row => row.Name == "precision").Value);

    [Fact]
    public void Calibration_is_that_of_the_oracle()
    {
        var calibration = Calibration.Of(Score, Label, default);

        Assert.Equal(Tables.Oracle.Number("classification", "ece_width10"), calibration.ErrorEqualWidth, 1e-9);
        Assert.Equal(Tables.Oracle.Number("classification", "ece_count10"), calibration.ErrorEqualCount, 1e-9);
        Assert.Equal(Tables.Reference.Number("scores", "slope"), calibration.Slope!.Value, 1e-9);
        Assert.Equal(Tables.Reference.Number("scores", "intercept"), calibration.Intercept!.Value, 1e-9);
        Assert.All(calibration.Bins, bin => Assert.Equal(40, bin.Rows));
    }

    [Theory]
    [InlineData(new[] { 0.05, 0.15, 0.95, 1.0 }, new[] { 0.0, 1, 1, 0 }, 0.4625)]
    [InlineData(new[] { 0.1, 0.1 }, new[] { 0.0, 1 }, 0.4)]
    public void Bins_of_equal_width_take_their_lower_edge(double[] scores, double[] label, double error) =>
        Assert.Equal(error, Calibration.Of(scores, label, default).ErrorEqualWidth, 1e-12);

    [Fact]
    public void Errors_of_a_regression_are_those_of_scikit_learn()
    {
        var oracle = Tables.Oracle.GetProperty("regression");
        var label = Array.ConvertAll(Tables.Normals(21, 300), z => 10 + (3 * z));
        var measures = RegressionMeasures.Of([.. label.Zip(Tables.Normals(22, 300), (y, e) => y + e)], label).ToDictionary(row => row.Name, row => row.Value!.Value);

        foreach (var (ours, theirs) in new[]
        {
            ("mae", "mae"), ("rmse", "rmse"), ("r2", "r2"), ("median_absolute_error", "medae"), ("mape", "mape"), ("max_error", "max_error"), ("explained_variance", "explained_var"),
            ("pinball_90", "pinball0.9"),
        })
        {
            Assert.Equal(oracle.Number(theirs), measures[ours], 1e-9);
        }
    }
}
