using Slipway.Kernel;
using Slipway.Training.Design;

namespace Slipway.Training.Tests.Design;

public sealed class FeaturePlanTests
{
    [Theory]
    [InlineData(0.79, "x < 0.8")]
    [InlineData(0.8, "x in [0.8, 0.95]")]
    [InlineData(0.95, "x in [0.8, 0.95]")]
    [InlineData(0.9500000001, "x > 0.95")]
    public void With_two_edges_both_belong_to_the_middle(double value, string group) => Assert.Equal(group, Bins.NameOf("x", Bins.IndexOf(value, [0.8, 0.95]), [0.8, 0.95]));

    [Theory]
    [InlineData(0, "x < 1")]
    [InlineData(1, "x in [1, 2)")]
    [InlineData(2, "x in [2, 3]")]
    [InlineData(3, "x in [2, 3]")]
    [InlineData(3.5, "x > 3")]
    public void Inner_groups_take_their_lower_edge_and_the_last_one_both(double value, string group) => Assert.Equal(group, Bins.NameOf("x", Bins.IndexOf(value, [1, 2, 3]), [1, 2, 3]));

    [Theory]
    [InlineData(4.9, "x < 5")]
    [InlineData(5, "x >= 5")]
    public void A_single_edge_belongs_above(double value, string group) => Assert.Equal(group, Bins.NameOf("x", Bins.IndexOf(value, [5]), [5]));

    [Fact]
    public void A_category_has_a_term_per_level_but_the_first()
    {
        var columns = new Dictionary<string, Column> { ["c"] = Column.OfTexts("c", ["b", "a", "c", "b"]) };

        var design = Samples.Design([new("c")], columns);

        Assert.Equal(["c = b", "c = c"], design.Terms.Select(term => term.Name));
        Assert.Equal([1, 0, 0, 1], design.Columns[0]);
        Assert.Equal([0, 0, 1, 0], design.Columns[1]);
    }

    [Fact]
    public void Numbers_may_be_categories_and_logarithms()
    {
        var columns = new Dictionary<string, Column> { ["n"] = Column.OfNumbers("n", [10, 2, 10]) };

        Assert.Equal(["n = 10"], Samples.Design([new("n") { Category = true }], columns).Terms.Select(term => term.Name));
        Assert.Equal(["n = 2"], Samples.Design([new("n") { Category = true, Reference = "10" }], columns).Terms.Select(term => term.Name));
        Assert.Equal(Math.Log(10), Samples.Design([new("n") { Log = true }], columns).Columns[0][0]);
    }

    [Fact]
    public void Booleans_are_categories_of_false_and_true()
    {
        var columns = new Dictionary<string, Column> { ["b"] = Column.OfBooleans("b", [true, false]) };

        Assert.Equal(["b = true"], Samples.Design([new("b")], columns).Terms.Select(term => term.Name));
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_its_place()
    {
        var columns = new Dictionary<string, Column>
        {
            ["n"] = Column.OfNumbers("n", [1, -2, double.NaN]), ["m"] = Column.OfNumbers("m", [1, -2, 3]), ["t"] = Column.OfTexts("t", ["a", "b", "a"]),
        };
        FeatureRule[] rules =
        [
            new("gone") { Path = "features[0]" }, new("n") { Path = "features[1]" }, new("m") { Log = true, Path = "features[2]" }, new("t") { Bins = [1], Path = "features[3]" },
            new("t") { Reference = "z", Path = "features[4]" },
        ];

        var problem = FeaturePlan.Make(rules, columns).Problem!;

        Assert.Equal(
            [
                ("features[0].column", "The data has no column 'gone'; it has m, n, t."),
                ("features[1].column", "Column 'n' has no value in 1 of 3 rows; a model takes only whole rows: fill them or drop them before."),
                ("features[2].transform", "Column 'm' holds -2 in row 2; a logarithm needs numbers above 0."),
                ("features[3].bins", "Column 't' holds text; 'bins' needs numbers."),
                ("features[4].reference", "Column 't' never holds 'z'; it holds 'a', 'b'."),
            ],
            problem.Faults.Select(fault => (fault.Field, fault.Detail)));
    }

    [Fact]
    public void An_identifier_is_no_category()
    {
        var columns = new Dictionary<string, Column> { ["id"] = Column.OfTexts("id", [.. Enumerable.Range(0, 101).Select(i => $"{i}")]) };

        Assert.Contains($"has 101 levels; a category may have {Limits.CategoryLevels}", FeaturePlan.Make([new("id")], columns).Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void More_numbers_than_the_limit_are_refused_before_any_is_held()
    {
        var column = new Dictionary<string, Column> { ["n"] = Column.OfNumbers("n", [1, 2]) };
        var rows = (int)(Limits.DesignCells / 2) + 1;

        var problem = DesignMatrix.Make(FeaturePlan.Make([new("n"), new("n") { Log = true }], column).Value, column, rows).Problem!;

        Assert.Equal("10000001 rows by 2 terms are 20000002 numbers; one fit may hold 20000000. Use fewer features, or a sample of the rows.", problem.Detail);
    }

    [Fact]
    public void A_level_that_training_has_not_seen_is_refused()
    {
        var seen = new Dictionary<string, Column> { ["c"] = Column.OfTexts("c", ["a", "b"]) };
        var features = FeaturePlan.Make([new("c")], seen).Value;

        var problem = DesignMatrix.Make(features, new Dictionary<string, Column> { ["c"] = Column.OfTexts("c", ["a", "z"]) }, 2).Problem!;

        Assert.Equal("Column 'c' holds 'z' in row 2, which no training row had; it had 'a', 'b'.", problem.Detail);
    }

    [Theory]
    [InlineData("maybe", "is 'maybe' in 0 of 3 rows; both outcomes must occur. It holds 'no', 'yes'.")]
    public void A_label_without_its_positive_value_is_refused(string positive, string detail) => Assert.Contains(
        detail, Labels.Read(new LabelRule("y", positive), Column.OfTexts("y", ["no", "yes", "no"]), binary: true).Problem!.Detail, StringComparison.Ordinal);
}
