using Slipway.Monitoring.Statistics;

namespace Slipway.Monitoring.Tests.Statistics;

public sealed class TwoSampleTests
{
    private static readonly System.Text.Json.JsonElement Oracle = Samples.Oracle.GetProperty("numeric_two_sample");

    [Theory]
    [InlineData("small")]
    [InlineData("minstd_normal_same")]
    [InlineData("minstd_normal_shift")]
    public void The_distance_of_Kolmogorov_and_Smirnov_and_its_exact_probability_are_those_of_SciPy(string name)
    {
        var (reference, current) = Samples.Case(name);
        var (then, now) = (Samples.Sketch(reference).Numbers!.Quantiles, Samples.Sketch(current).Numbers!.Quantiles);

        var distance = KolmogorovSmirnov.Distance(then, now);

        Assert.Equal(Oracle.Number(name, "ks_stat"), distance, 1e-12);
        Assert.Equal(1, KolmogorovSmirnov.P(distance, then.Count, now.Count) / Oracle.Number(name, "ks_p_exact"), 1e-5);
        // SciPy's asymptotic p has another correction for finite samples.
        if (name != "small") { Assert.Equal(1, KolmogorovSmirnov.LimitP(distance, then.Count, now.Count) / Oracle.Number(name, "ks_p_asymp"), 0.08); }
    }

    [Theory]
    [InlineData("breast_cancer_mean_radius_first300_vs_rest", 300, 269)]
    [InlineData("iris_sepal_length_setosa_vs_virginica", 50, 50)]
    public void Small_probabilities_keep_their_digits(string name, long n, long m) =>
        Assert.Equal(1, KolmogorovSmirnov.ExactP(Oracle.Number(name, "ks_stat"), n, m) / Oracle.Number(name, "ks_p_exact"), 1e-6);

    [Fact]
    public void From_bins_the_distance_is_too_small_by_at_most_the_fullest_bin()
    {
        var random = new Random(4);
        double[] reference = [.. Enumerable.Range(0, 6_000).Select(_ => 50 + (20 * random.Normal()))], current = [.. Enumerable.Range(0, 5_000).Select(_ => 52 + (21 * random.Normal()))];
        var exact = KolmogorovSmirnov.Distance(reference.Order().Select(value => (value, 1L)), current.Order().Select(value => (value, 1L)));
        var (then, now, few) = (Samples.Sketch(reference).Numbers!.Quantiles, Samples.Sketch(current).Numbers!.Quantiles, Samples.Sketch(current[..500]).Numbers!.Quantiles);
        var fullest = new[] { then, now }.Max(sketch => sketch.Ascending().Max(bin => (double)bin.Count / sketch.Count));

        Assert.False(then.IsExact || now.IsExact);
        Assert.True(few.IsExact);
        Assert.InRange(KolmogorovSmirnov.Distance(then, now), exact - fullest, exact + 1e-12);
        Assert.Equal(KolmogorovSmirnov.Distance(then, few), KolmogorovSmirnov.Distance(then, few.Binned()));
        Assert.Equal(0, KolmogorovSmirnov.Distance(then, then));
        Assert.Equal((1, 1), (KolmogorovSmirnov.P(0.5, 0, 10), KolmogorovSmirnov.LimitP(0.001, 5_000, 5_000)));
    }

    [Theory]
    [InlineData("minstd_normal_same")]
    [InlineData("minstd_normal_shift")]
    public void The_index_of_shares_is_that_of_the_oracle(string name)
    {
        var (reference, current) = Samples.Case(name);
        double[] sorted = [.. reference.Order()];
        // NumPy's quantiles, as the oracle has them: linear between values.
        double[] edges = [.. Enumerable.Range(1, 9).Select(i => i / 10.0 * (sorted.Length - 1)).Select(place => sorted[(int)place] + ((place - Math.Floor(place)) * (sorted[(int)place + 1] - sorted[(int)place])))];
        double[] Shares(double[] values) => [.. Enumerable.Range(0, 10).Select(i => (double)values.Count(value => edges.Count(edge => edge <= value) == i) / values.Length)];

        Assert.Equal(Oracle.Number(name, "psi_ref_deciles_eps1e-4"), PopulationStability.Index(Shares(reference), Shares(current)), 1e-9);
    }

    [Fact]
    public void Levels_are_compared_as_by_SciPy()
    {
        var oracle = Samples.Oracle.GetProperty("categorical");
        long[] then = oracle.GetProperty("ref_counts").Counts(), now = oracle.GetProperty("cur_counts").Counts();

        var test = ChiSquare.Of(then, now);

        Assert.Equal(oracle.Number("chi2_contingency_stat"), test.Statistic, 1e-9);
        Assert.Equal(oracle.Number("chi2_contingency_p"), test.PValue, 1e-9);
        Assert.Equal(5, test.Degrees);
        Assert.Equal(oracle.Number("psi"), PopulationStability.Index([.. then.Select(count => count / 88.0)], [.. now.Select(count => count / 88.0)]), 1e-9);
        Assert.Equal(new ChiSquare(0, 0, 1), ChiSquare.Of([5, 0], [7, 0]));
        Assert.Equal(new ChiSquare(0, 0, 1), ChiSquare.Of([5, 3], [0, 0]));
    }

    [Fact]
    public void An_empty_bin_counts_as_few_cases_and_chance_exceeds_the_cut_with_probability_alpha()
    {
        var random = new Random(8);
        var same = PopulationStability.Of([100, 100, 100, 0], [50, 50, 50, 0], 0.05);
        var empty = PopulationStability.Of([100, 100, 100], [75, 75, 0], 0.05);
        var (above, sum) = (0, 0.0);
        for (var run = 0; run < 2_000; run++)
        {
            var stability = PopulationStability.Of(Draw(2_000), Draw(500), 0.05);
            Assert.Equal(stability.Value > stability.Cut, stability.PValue < 0.05);
            sum += stability.Value;
            if (stability.Value > stability.Cut) { above++; }
        }

        Assert.Equal((0, 1), (Math.Round(same.Value, 3), Math.Round(same.PValue, 3)));
        // (1/300 + 1/150) · 5.991, the 95 % quantile of χ² with two degrees of freedom.
        Assert.Equal(0.05991, same.Cut, 1e-4);
        Assert.InRange(empty.Value, 0.33 * Math.Log(0.33 / 0.01), 3);
        Assert.InRange(above / 2_000.0, 0.04, 0.06);
        Assert.Equal(9 * ((1 / 2_000.0) + (1 / 500.0)), sum / 2_000, 0.001);
        Assert.Equal(9 * ((1 / 2_000.0) + (1 / 500.0)), PopulationStability.Of(Draw(2_000), Draw(500), 0.05).Expected, 1e-12);
        Assert.Equal(new PopulationStability(0, 0, 1, 0), PopulationStability.Of([3], [4], 0.05));

        long[] Draw(int cases)
        {
            var counts = new long[10];
            for (var i = 0; i < cases; i++) { counts[random.Next(10)]++; }

            return counts;
        }
    }

    [Fact]
    public void Adjusted_probabilities_are_those_of_statsmodels_in_the_order_in_which_they_came()
    {
        var oracle = Samples.Oracle.GetProperty("multiple_testing");
        double[] values = [.. oracle.GetProperty("p").EnumerateArray().Select(value => value.GetDouble())];

        var adjusted = MultipleTesting.BenjaminiHochberg(values);
        var turned = MultipleTesting.BenjaminiHochberg([.. values.Reverse()]);

        foreach (var (expected, actual) in oracle.GetProperty("bh_adj_first6").EnumerateArray().Zip(adjusted)) { Assert.Equal(expected.GetDouble(), actual, 1e-12); }

        Assert.Equal(oracle.Number("bh_reject@0.25"), adjusted.Count(value => value <= 0.25));
        Assert.Equal(adjusted.Reverse(), turned);
        Assert.Empty(MultipleTesting.BenjaminiHochberg([]));
        Assert.Equal((0.03, 1), (MultipleTesting.Combine([0.5, 0.01, 0.2]), MultipleTesting.Combine([0.9, 0.8])));
    }
}
