using Slipway.Training.Contracts;
using Slipway.Training.Ports;
using Slipway.Training.Statistics;

namespace Slipway.Training.Tests.Statistics;

public sealed class ProportionsTests
{
    [Fact]
    public void Quantiles_of_the_beta_distribution_are_those_of_SciPy()
    {
        foreach (var row in Tables.Reference.GetProperty("beta").EnumerateArray())
        {
            Assert.Equal(1, BetaQuantile.Of(row.Number("p"), row.Number("a"), row.Number("b")) / row.Number("x"), 1e-12);
        }
    }

    [Fact]
    public void Intervals_of_Clopper_and_Pearson_are_those_of_SciPy()
    {
        foreach (var row in Tables.Reference.GetProperty("clopper").EnumerateArray())
        {
            var interval = Proportions.ClopperPearson(row.GetProperty("successes").GetInt64(), row.GetProperty("trials").GetInt64());
            Assert.Equal(row.Number("low"), interval.Low, 1e-12);
            Assert.Equal(row.Number("high"), interval.High, 1e-12);
        }

        var oracle = Tables.Oracle.GetProperty("ci").GetProperty("clopper_45_500").Numbers();
        Assert.Equal(oracle[0], Proportions.ClopperPearson(45, 500).Low, 1e-9);
        Assert.Equal(oracle[1], Proportions.ClopperPearson(45, 500).High, 1e-9);
    }

    [Fact]
    public void Intervals_of_Wilson_are_those_of_statsmodels()
    {
        var oracle = Tables.Oracle.GetProperty("ci").GetProperty("wilson_45_500").Numbers();

        Assert.Equal(oracle, [Proportions.Wilson(45, 500).Low, Proportions.Wilson(45, 500).High], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal((0.0, 1.0), (Proportions.Wilson(0, 7).Low, Proportions.Wilson(7, 7).High));
        Assert.Equal(new IntervalView(0, 1), Proportions.Wilson(0, 0));
    }

    [Fact]
    public void Fishers_p_is_that_of_SciPy()
    {
        foreach (var row in Tables.Reference.GetProperty("fisher").EnumerateArray())
        {
            var table = row.GetProperty("table").Numbers();
            Assert.Equal(1, Proportions.FisherExact((long)table[0], (long)table[1], (long)table[2], (long)table[3]) / row.Number("p"), 1e-9);
        }

        Assert.Equal(Tables.Oracle.Number("categorical", "fisher_[[8,2],[1,5]]_p"), Proportions.FisherExact(8, 2, 1, 5), 1e-9);
    }

    [Fact]
    public void The_ratio_has_the_interval_of_Katz()
    {
        var reference = Tables.Reference.GetProperty("katz");

        var compared = Proportions.Compare(243, 339, 1852, 2041);

        Assert.Equal(reference.Number("ratio"), compared.Ratio!.Value, 1e-9);
        Assert.Equal(reference.Number("low"), compared.Interval!.Low, 1e-9);
        Assert.Equal(reference.Number("high"), compared.Interval.High, 1e-9);
    }

    [Theory]
    [InlineData(0, 10, 5, 10, 0.0, false)]
    [InlineData(5, 10, 0, 10, null, false)]
    public void Where_nobody_was_selected_there_is_no_interval(long a, long n, long c, long m, double? ratio, bool interval)
    {
        var compared = Proportions.Compare(a, n, c, m);

        Assert.Equal(ratio, compared.Ratio);
        Assert.Equal(interval, compared.Interval is not null);
    }
}
