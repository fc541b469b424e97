using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Tests.Profile;

public sealed class MergeTests
{
    public static TheoryData<int, string> Tables
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var seed in Enumerable.Range(1, 8)) { data.Add(seed, "few"); data.Add(seed, "many"); data.Add(seed, "wide"); }

            return data;
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void Merged_parts_are_the_sketch_of_the_whole_in_any_order_and_grouping(int seed, string shape)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, shape == "few" ? 700 : 9_000).Select(_ => Row(random, shape)).ToList();
        var reference = Sketches.Table([.. Enumerable.Range(0, 5_000).Select(_ => Row(random, shape))]);
        var whole = Sketches.Table(rows, reference);
        var parts = rows.GroupBy(_ => random.Next(5)).Select(part => Sketches.Table([.. part], reference)).ToList();
        parts.Add(Sketches.Table([], reference));

        var left = parts.Aggregate((a, b) => a.Merge(b));
        var right = parts.AsEnumerable().Reverse().Aggregate((a, b) => b.Merge(a));
        var shuffled = parts.OrderBy(_ => random.Next()).Aggregate((a, b) => a.Merge(b));

        foreach (var merged in (TableSketch[])[left, right, shuffled])
        {
            Assert.Equal(Sketches.Exact(whole), Sketches.Exact(merged));
            Sketches.Near(whole.Find("x")!.Numbers!.Moments, merged.Find("x")!.Numbers!.Moments);
            Sketches.Near(whole.Find("t")!.Texts!.Lengths, merged.Find("t")!.Texts!.Lengths);
            Assert.Equal(3, merged.Find("x")!.Numbers!.Histograms!.Count);
        }

        // To the last bit, moments and frequent values included.
        Assert.Equal(parts[0].Merge(parts[1]).ToJson(), parts[1].Merge(parts[0]).ToJson());
    }

    [Fact]
    public void Frequent_values_of_parts_are_within_their_slack()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 60_000).Select(_ => Math.Floor(1 / (random.NextDouble() + 1e-5))).ToList();
        var counts = values.CountBy(value => value).ToDictionary(entry => entry.Key.ToString("R", CultureInfo.InvariantCulture), entry => (long)entry.Value);

        var top = values.Chunk(7_000).Select(part => Sketches.Of(part.Select(value => (double?)value))).Aggregate((a, b) => a.Merge(b)).Top;

        Assert.InRange(top.Items.Count, 1, TopValues.Most);
        Assert.InRange(top.Slack, 1, values.Count / (TopValues.Most + 1));
        Assert.All(top.Items, item => Assert.InRange(counts[item.Value], item.Count, item.Count + top.Slack));
        Assert.All(counts.Where(entry => entry.Value > top.Slack), entry => Assert.Contains(top.Items, item => item.Value == entry.Key));
        Assert.Equal("1", top.Items[0].Value);
    }

    [Fact]
    public void A_builder_goes_on_after_a_sketch_was_taken_and_leaves_that_one_as_it_is()
    {
        var reference = Sketches.Of(Enumerable.Range(0, 500).Select(i => (double?)i));
        var builder = new ColumnSketchBuilder("x", 0, ColumnKind.Number, "DOUBLE", reference);
        builder.Add([3, 4, 250, 900]);
        var first = builder.Build();
        var before = TableSketch.Of(4, [first]).ToJson();

        builder.Add([10, 11]);
        builder.Add((double?)null);
        var second = builder.Build();

        Assert.Equal(before, TableSketch.Of(4, [first]).ToJson());
        Assert.Equal(Sketches.Exact(TableSketch.Of(7, [Sketches.Of([3, 4, 250, 900, 10, 11, null], reference)])), Sketches.Exact(TableSketch.Of(7, [second])));
        Assert.Equal((4, 7), (first.Numbers!.Histograms![0].Counts.Sum(), second.Count));
    }

    [Fact]
    public void Histograms_with_other_edges_are_not_added_and_columns_that_one_side_lacks_stay()
    {
        var (a, b) = (Sketches.Of([1.0, 2, 3]), Sketches.Of([10.0, 20]));

        Assert.Null(a.Merge(b).Numbers!.Histograms);
        Assert.Equal((5, 1.0, 20.0), (a.Merge(b).Count, a.Merge(b).Numbers!.Min, a.Merge(b).Numbers!.Max));
        var table = TableSketch.Of(3, [a]).Merge(TableSketch.Of(2, [b with { Name = "y", Kind = ColumnKind.Integer, Position = 1 }]));
        Assert.Equal((5, "x y"), (table.Rows, string.Join(' ', table.Columns.Select(column => column.Name))));
        Assert.Equal(ColumnKind.Other, a.Merge(b with { Kind = ColumnKind.Integer }).Kind);
    }

    private static (double?, string?) Row(Random random, string shape) => shape switch
    {
        "few" => (random.Next(10) == 0 ? null : random.Next(-4, 9), random.Next(9) == 0 ? null : new string('ä', random.Next(5))),
        "many" => (random.Next(50) switch { 0 => null, 1 => double.NaN, 2 => double.PositiveInfinity, 3 => double.NegativeInfinity, 4 => 0, _ => Sketches.Normal(random) + 0.3 }, $"text {random.Next(6_000)}"),
        _ => ((random.Next(2) == 0 ? 1 : -1) * Math.Pow(10, (random.NextDouble() * 60) - 30), random.Next(3) == 0 ? "" : "🚢" + random.Next(3)),
    };
}
