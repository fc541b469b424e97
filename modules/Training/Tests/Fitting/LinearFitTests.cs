using Slipway.Training.Design;
using Slipway.Training.Fitting;

namespace Slipway.Training.Tests.Fitting;

public sealed class LinearFitTests
{
    [Fact]
    public void Log_earnings_give_the_figures_of_statsmodels()
    {
        var reference = Tables.Reference.GetProperty("linear");
        var design = Samples.Design(Samples.EarningsRules, Tables.Earnings);

        var fit = LinearFit.Run(design, Samples.LogEarnings, Samples.Ones(design.Rows), default).Value;

        var rows = fit.Coefficients(design.Terms);
        Assert.Equal(reference.GetProperty("terms").EnumerateArray().Select(term => term.GetString()), rows.Select(row => row.Term));
        Same(reference, "estimates", rows.Select(row => row.Estimate));
        Same(reference, "errors", rows.Select(row => row.StandardError));
        Same(reference, "statistics", rows.Select(row => row.Statistic));
        Same(reference, "p", rows.Select(row => row.PValue));
        Same(reference, "low", rows.Select(row => row.Low));
        Same(reference, "high", rows.Select(row => row.High));
        foreach (var name in new[] { "r2", "adjusted_r2", "aic", "bic", "log_likelihood", "f_statistic", "f_p_value", "residual_sum_of_squares", "residual_standard_error" })
        {
            Tables.Near(reference.Number(name), fit.Measures[name], 1e-9);
        }
    }

    [Fact]
    public void Weights_count_rows()
    {
        var reference = Tables.Reference.GetProperty("weighted_linear");
        var design = Samples.Design([new("age")], Tables.Earnings);

        var fit = LinearFit.Run(design, Samples.LogEarnings, Array.ConvertAll(Tables.Earnings["age"].Numbers, age => age - 20), default).Value;

        Same(reference, "estimates", fit.Estimates);
        Same(reference, "errors", fit.StandardErrors);
        Tables.Near(reference.Number("deviance"), fit.Measures["residual_sum_of_squares"], 1e-9);
    }

    [Theory]
    [InlineData(new double[] { 1, 0, 2 }, "holds 0 in row 2; weights are numbers above 0")]
    [InlineData(new double[] { 1, 2, double.NaN }, "holds NaN in row 3")]
    public void A_weight_that_is_no_number_above_0_is_refused(double[] weights, string detail) =>
        Assert.Contains(detail, Weights.Read(Column.OfNumbers("w", weights), 3).Problem!.Detail, StringComparison.Ordinal);

    [Fact]
    public void A_label_of_one_value_is_refused() =>
        Assert.Contains("The label is 2 in all 3 rows", LinearFit.Run(new DesignMatrix([], [], 3), [2, 2, 2], [1, 1, 1], default).Problem!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Tails_are_those_of_SciPy()
    {
        foreach (var row in Tables.Reference.GetProperty("tails").GetProperty("normal").EnumerateArray())
        {
            Assert.Equal(1, Tails.Normal(row.Number("z")) / row.Number("p"), 1e-9);
        }

        foreach (var row in Tables.Reference.GetProperty("tails").GetProperty("student").EnumerateArray())
        {
            Tables.Near(row.Number("p"), Tails.Student(row.Number("t"), row.Number("df")), 1e-12);
        }
    }

    private static void Same(System.Text.Json.JsonElement reference, string name, IEnumerable<double> actual)
    {
        foreach (var (wanted, got) in reference.GetProperty(name).Numbers().Zip(actual)) { Tables.Near(wanted, got, 1e-9); }
    }
}
