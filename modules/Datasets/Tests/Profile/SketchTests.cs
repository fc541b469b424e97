using System.Globalization;
using System.Text;
using System.Text.Json;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Tests.Profile;

public sealed class SketchTests
{
    [Theory]
    [InlineData("uniform")]
    [InlineData("normal")]
    [InlineData("exponential")]
    [InlineData("pareto")]
    [InlineData("rounded")]
    [InlineData("constant")]
    public void A_quantile_is_within_half_a_percent_of_the_value_of_its_rank(string shape)
    {
        var random = new Random(11);
        var values = Enumerable.Range(0, 40_000).Select(_ => shape switch
        {
            "uniform" => random.NextDouble() - 0.25,
            "normal" => 100 + (15 * Sketches.Normal(random)),
            "exponential" => -Math.Log(1 - random.NextDouble()),
            "pareto" => Math.Pow(1 - random.NextDouble(), -2),
            "rounded" => Math.Round(Sketches.Normal(random), 2),
            _ => 7,
        }).ToArray();
        var numbers = Sketches.Of(values.Select(value => (double?)value)).Numbers!;
        Array.Sort(values);

        Assert.Equal(shape is "rounded" or "constant", numbers.Quantiles.IsExact);
        foreach (var share in (double[])[0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1])
        {
            var place = share * (values.Length - 1);
            var below = values[(int)Math.Floor(place)];
            var exact = numbers.Quantiles.IsExact ? below + ((place - Math.Floor(place)) * (values[(int)Math.Ceiling(place)] - below)) : values[(int)Math.Round(place)];
            Assert.Equal(exact, numbers.Quantile(share)!.Value, (numbers.Quantiles.IsExact ? 1e-12 : 0.005 + 1e-9) * Math.Abs(exact));
        }

        foreach (var histogram in numbers.Histograms!)
        {
            Assert.Equal(values.Length, histogram.Counts.Sum());
            Assert.Equal(histogram.Edges.Length + 1, histogram.Counts.Length);
            for (var i = 0; i < histogram.Edges.Length; i++) { Assert.Equal(values.Count(value => value <= histogram.Edges[i]), histogram.Counts.Take(i + 1).Sum()); }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(3_000)]
    [InlineData(12_000)]
    [InlineData(50_000)]
    [InlineData(400_000)]
    public void Distinct_values_are_told_to_four_percent(int different)
    {
        Assert.Equal(different, Sketches.Of(Enumerable.Range(0, different).Select(i => (double?)i)).DistinctCount, 0.04 * different);
        Assert.Equal(different, Sketches.Of(Enumerable.Range(0, different).Select(i => (double?)(i * 0.1))).DistinctCount, 0.04 * different);
        Assert.Equal(different, Sketches.Of(Enumerable.Range(0, different).Select(i => $"id-{i}")).DistinctCount, 0.04 * different);
    }

    [Fact]
    public void Moments_are_those_of_a_published_example()
    {
        // NIST/SEMATECH e-Handbook of Statistical Methods, StRD univariate set NumAcc3: mean 1000000.2, standard deviation 0.1.
        double?[] values = [1_000_000.2, .. Enumerable.Range(0, 1_000).Select(i => (double?)(i % 2 == 0 ? 1_000_000.1 : 1_000_000.3))];

        var moments = Sketches.Of(values).Numbers!.Moments;
        var skewed = Sketches.Of([1.0, 2, 3, 10]).Numbers!.Moments;

        Assert.Equal((1_001, 1_000_000.2), (moments.Count, Math.Round(moments.Mean, 9)));
        Assert.Equal(0.1, moments.StandardDeviation!.Value, 1e-9);

        // By hand: mean 4, deviations −3, −2, −1, 6.
        Assert.Equal((4.0, 50.0, 180.0, 1_394.0), (skewed.Mean, Math.Round(skewed.M2, 9), Math.Round(skewed.M3, 9), Math.Round(skewed.M4, 9)));
        Assert.Equal(2 * 180 / Math.Pow(50, 1.5), skewed.Skewness!.Value, 1e-12);
        Assert.Equal((4 * 1_394 / 2_500.0) - 3, skewed.ExcessKurtosis!.Value, 1e-12);
    }

    [Fact]
    public void Columns_without_values_or_with_odd_ones_are_counted_and_read_back()
    {
        var empty = Sketches.Of((double?[])[]);
        var missing = Sketches.Of([null, (double?)null]);
        var odd = Sketches.Of([double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity, -0.0, 0, -2, double.MaxValue, -double.MaxValue, double.Epsilon, null]);
        var texts = Sketches.Of(["", "a", "🚢🚢", new string('z', 500), null]);

        Assert.Equal((0, 0, 0, null), (empty.Count, empty.Nulls, empty.DistinctCount, empty.Numbers!.Quantile(0.5)));
        Assert.Equal((2, 2, 0, null, null), (missing.Count, missing.Nulls, missing.DistinctCount, missing.Numbers!.Min, missing.Numbers.Max));
        var numbers = odd.Numbers!;
        Assert.Equal((12, 1, 2, 1, 2, 2, 2), (odd.Count, odd.Nulls, numbers.Nans, numbers.PositiveInfinite, numbers.NegativeInfinite, numbers.Zeros, numbers.Negatives));
        Assert.Equal((-double.MaxValue, double.MaxValue, 8), (numbers.Min, numbers.Max, odd.DistinctCount));
        Assert.Equal((1, 0, 500, 4, "", "🚢🚢"), (texts.Texts!.Empty, texts.Texts.MinLength!.Value, texts.Texts.MaxLength!.Value, texts.Texts.Lengths.Count, texts.Texts.Min, texts.Texts.Max));
        Assert.Equal("zzz", texts.Top.Items.Single(item => item.Value.Length > 200).Value[..3]);

        var table = TableSketch.Of(12, [empty with { Name = "a" }, missing with { Name = "b" }, odd with { Name = "c" }, texts with { Name = "d" }]);
        Assert.Equal(Encoding.UTF8.GetString(table.ToJson()), Encoding.UTF8.GetString(TableSketch.Parse(table.ToJson()).ToJson()));
        Assert.Equal(table.Merge(table).ToJson(), TableSketch.Parse(table.ToJson()).Merge(TableSketch.Parse(table.ToJson())).ToJson());
        Assert.Equal(odd.Count, odd.Merge(empty).Count);
        Assert.Equal(Sketches.Exact(TableSketch.Of(12, [odd])), Sketches.Exact(TableSketch.Of(12, [empty.Merge(odd)])));
    }

    [Fact]
    public void A_binned_sketch_reads_back_and_a_foreign_document_is_refused()
    {
        var random = new Random(3);
        var table = TableSketch.Of(9_000, [Sketches.Of(Enumerable.Range(0, 9_000).Select(_ => (double?)Sketches.Normal(random)))]);
        var json = Encoding.UTF8.GetString(table.ToJson());

        Assert.Equal(json, Encoding.UTF8.GetString(TableSketch.Parse(table.ToJson()).ToJson()));
        Assert.InRange(json.Length, 5_000, 60_000);
        Assert.Contains("'slipway.sketch/9'", Assert.Throws<JsonException>(() => TableSketch.Parse(Encoding.UTF8.GetBytes(json.Replace("sketch/1", "sketch/9", StringComparison.Ordinal)))).Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => DistinctSketch.Parse([1, 2]));
        Assert.Throws<JsonException>(() => DistinctSketch.Parse([0, 16, 1]));
        Assert.Throws<JsonException>(() => DistinctSketch.Parse([0, 0, 54]));
    }

    [Theory]
    [InlineData(ColumnKind.Date, 1_767_312_000, "2026-01-02")]
    [InlineData(ColumnKind.Timestamp, 1_767_323_045.25, "2026-01-02 03:04:05.25")]
    [InlineData(ColumnKind.Timestamp, -1, "1969-12-31 23:59:59")]
    [InlineData(ColumnKind.Time, 3_661, "01:01:01")]
    [InlineData(ColumnKind.Date, 1e300, "1E+300")]
    [InlineData(ColumnKind.Date, double.PositiveInfinity, "Infinity")]
    [InlineData(ColumnKind.Number, 0.1, "0.1")]
    public void Times_are_counted_as_seconds_and_shown_as_times(ColumnKind kind, double value, string shown) =>
        Assert.Equal(shown, Sketches.Of([value], kind: kind).Top.Items.Single().Value, StringComparer.Create(CultureInfo.InvariantCulture, false));
}
