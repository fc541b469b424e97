using Slipway.Training.Design;
using Slipway.Training.Fitting;
using Slipway.Training.Scores;

namespace Slipway.Training.Tests.Fitting;

public sealed class LogisticFitTests
{
    [Fact]
    public void Denial_on_payments_and_group_gives_the_published_figures()
    {
        var fit = Fit([new("pirat"), new("afam") { Positive = "yes" }]);

        Equal([-4.12555771584, 5.37036205208, 1.27278192789], fit.Estimates, 1e-6);
        // Published from the weights of the last step but one, as R's glm takes them; ours are those of the solution (the next test).
        Equal([0.268414343547, 0.728314935356, 0.146198138625], fit.StandardErrors, 1e-5);
        Assert.Equal(1591.39041673, fit.Measures["deviance"], 1e-4);
    }

    [Fact]
    public void The_scorecard_gives_the_published_figures()
    {
        var design = Samples.Design(Samples.ScorecardRules, Tables.Mortgage);

        var fit = LogisticFit.Run(design, Samples.Denied, Samples.Ones(design.Rows), default).Value;

        Assert.Equal(
            ["pirat", "hirat", "lvrat in [0.8, 0.95]", "lvrat > 0.95", "chist", "mhist", "phist = yes", "selfemp = yes", "insurance = yes"], design.Terms.Select(term => term.Name));
        Equal(
            [-5.7772193091518, 4.8960322511624, -0.0413145252714, 0.5533588011383, 1.6244951618276, 0.3174903762508, 0.2951664527804, 1.2861340275657, 0.6187255670635, 4.5551936841905],
            fit.Estimates, 1e-6);
        Assert.Equal(1285.58118189, fit.Measures["deviance"], 1e-4);
        Assert.Equal(0.816654524139, Ranking.Of(Samples.ScorecardScores(), Samples.Denied)!.RocAuc, 1e-9);
    }

    [Fact]
    public void Errors_intervals_and_measures_are_those_of_statsmodels()
    {
        var reference = Tables.Reference.GetProperty("logistic");
        var design = Samples.Design([new("pirat"), new("afam") { Positive = "yes" }], Tables.Mortgage);
        var fit = LogisticFit.Run(design, Samples.Denied, Samples.Ones(design.Rows), default).Value;

        var coefficients = fit.Coefficients(design.Terms);

        Equal(reference.GetProperty("estimates").Numbers(), [.. coefficients.Select(row => row.Estimate)], 1e-9);
        Equal(reference.GetProperty("errors").Numbers(), [.. coefficients.Select(row => row.StandardError)], 1e-9);
        Equal(reference.GetProperty("statistics").Numbers(), [.. coefficients.Select(row => row.Statistic)], 1e-9);
        Equal(reference.GetProperty("p").Numbers(), [.. coefficients.Select(row => row.PValue)], 1e-9);
        Equal(reference.GetProperty("low").Numbers(), [.. coefficients.Select(row => row.Low)], 1e-9);
        Equal(reference.GetProperty("high").Numbers(), [.. coefficients.Select(row => row.High)], 1e-9);
        foreach (var name in new[] { "deviance", "null_deviance", "aic", "bic", "mcfadden_r2" }) { Tables.Near(reference.Number(name), fit.Measures[name], 1e-9); }
    }

    [Fact]
    public void A_row_of_weight_three_is_three_rows()
    {
        var reference = Tables.Reference.GetProperty("weighted_logistic");
        var label = Labels.Read(new LabelRule("degree", "bachelor"), Tables.Earnings["degree"], binary: true).Value;
        var design = Samples.Design([new("earnings"), new("year") { Category = true }], Tables.Earnings);

        var fit = LogisticFit.Run(design, label, Array.ConvertAll(Tables.Earnings["age"].Numbers, age => age - 20), default).Value;

        Equal(reference.GetProperty("estimates").Numbers(), fit.Estimates, 1e-8);
        Equal(reference.GetProperty("errors").Numbers(), fit.StandardErrors, 1e-8);
        Tables.Near(reference.Number("deviance"), fit.Measures["deviance"], 1e-9);
        Tables.Near(reference.Number("null_deviance"), fit.Measures["null_deviance"], 1e-9);
    }

    [Fact]
    public void Terms_of_very_different_size_are_fitted_alike()
    {
        var small = Fit([new("pirat"), new("chist")]);
        var scaled = new Dictionary<string, Column>(Tables.Mortgage)
        {
            ["pirat"] = Column.OfNumbers("pirat", Array.ConvertAll(Tables.Mortgage["pirat"].Numbers, value => (value * 1e9) + 1e12)),
        };
        var design = Samples.Design([new("pirat"), new("chist")], scaled);

        var large = LogisticFit.Run(design, Samples.Denied, Samples.Ones(design.Rows), default).Value;

        Assert.Equal(small.Estimates[1], large.Estimates[1] * 1e9, 1e-6);
        Assert.Equal(small.Estimates[2], large.Estimates[2], 1e-6);
    }

    [Fact]
    public void A_level_with_one_outcome_only_is_named()
    {
        var problem = Refused([new("x") { Positive = "b" }], ("x", ["a", "a", "a", "b", "b", "a", "a", "a"]), [0, 1, 0, 1, 1, 0, 1, 0]);

        Assert.Contains("Feature 'x' separates the outcomes: all 2 rows with the value 1 are positive of term 'x = b'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_tells_the_outcomes_apart_is_named()
    {
        var columns = new Dictionary<string, Column> { ["x"] = Column.OfNumbers("x", [1, 2, 3, 4, 5, 6]) };

        var problem = LogisticFit.Run(Samples.Design([new("x")], columns), [0, 0, 0, 1, 1, 1], Samples.Ones(6), default).Problem!;

        Assert.Contains("Feature 'x' separates the outcomes: every positive row is at or above 4, every other at or below 3", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_separate_only_together_end_with_a_name_too()
    {
        double[] a = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5], b = [2, 3, 4, 5, 6, 0, 1, 2, 3, 4];
        var columns = new Dictionary<string, Column> { ["a"] = Column.OfNumbers("a", a), ["b"] = Column.OfNumbers("b", b) };

        var problem = LogisticFit.Run(Samples.Design([new("a"), new("b")], columns), [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], Samples.Ones(10), default).Problem!;

        Assert.Contains("does not converge", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("Several features together separate the outcomes", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_that_others_already_say_is_named_with_them()
    {
        double[] a = [1, 2, 3, 4, 5, 6, 7, 8], b = [3, 1, 4, 1, 5, 9, 2, 6];
        var columns = new Dictionary<string, Column>
        {
            ["a"] = Column.OfNumbers("a", a), ["b"] = Column.OfNumbers("b", b), ["c"] = Column.OfNumbers("c", [.. a.Zip(b, (x, y) => (2 * x) - y + 7)]),
        };

        var problem = LogisticFit.Run(Samples.Design([new("a"), new("b"), new("c")], columns), [0, 1, 0, 1, 1, 0, 1, 0], Samples.Ones(8), default).Problem!;

        Assert.Equal("Term 'c' of feature 'c' is a combination of 'a', 'b', so their coefficients cannot be told apart: leave one of them out.", problem.Detail);
    }

    [Fact]
    public void A_term_of_one_value_is_named()
    {
        var columns = new Dictionary<string, Column> { ["a"] = Column.OfNumbers("a", [3, 3, 3, 3, 3]) };

        var problem = LogisticFit.Run(Samples.Design([new("a")], columns), [0, 1, 0, 1, 1], Samples.Ones(5), default).Problem!;

        Assert.Contains("has the same value (3) in all 5 rows", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_fit_ends_without_a_result()
    {
        var design = Samples.Design([new("pirat")], Tables.Mortgage);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => LogisticFit.Run(design, Samples.Denied, Samples.Ones(design.Rows), cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => LinearFit.Run(design, Samples.Denied, Samples.Ones(design.Rows), cancelled.Token));
    }

    private static Fit Fit(FeatureRule[] rules)
    {
        var design = Samples.Design(rules, Tables.Mortgage);
        return LogisticFit.Run(design, Samples.Denied, Samples.Ones(design.Rows), default).Value;
    }

    private static string Refused(FeatureRule[] rules, (string Name, string[] Values) column, double[] label) => LogisticFit.Run(
        Samples.Design(rules, new Dictionary<string, Column> { [column.Name] = Column.OfTexts(column.Name, column.Values) }), label, Samples.Ones(label.Length), default).Problem!.Detail;

    private static void Equal(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (wanted, got) in expected.Zip(actual)) { Tables.Near(wanted, got, tolerance); }
    }
}
