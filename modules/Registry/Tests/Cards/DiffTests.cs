using Slipway.Registry.Cards;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Tests.Cards;

public sealed class DiffTests
{
    [Theory, EachDatabase]
    public async Task Two_versions_differ_in_what_was_changed_and_in_nothing_else(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await Samples.Register(shelf, Samples.Training(), Samples.Evaluation(), Samples.Profile());
        await Samples.Register(shelf, Samples.Training(income: -0.25), Samples.Evaluation(auc: 0.75), Samples.Profile(maxIncome: 120));

        var diff = await shelf.Read<VersionDiff>("models/card/diff?from=1&to=2");

        Assert.Equal(
            ["digests model", "digests training", "digests evaluation", "digests profile", "coefficients income", "metrics roc_auc", "data income.max"], diff.Rows.Select(row => $"{row.Section} {row.Field}"));
        Assert.Equal(new DiffRow("metrics", "roc_auc", "0.8125", "0.75", -0.0625), diff.Rows[5]);
        Assert.Equal(new DiffRow("coefficients", "income", "-0.5", "-0.25", 0.25), diff.Rows[4]);
        Assert.Equal(new DiffRow("data", "income.max", "90", "120", 30), diff.Rows[6]);
        Assert.InRange(diff.Same, 30, 100);
        Assert.Empty((await shelf.Read<VersionDiff>("models/card/diff?from=2&to=2")).Rows);
        foreach (var wrong in (string[])["from=1&to=3", "from=9&to=1"]) { Assert.Equal(404, (await shelf.Native("GET", "models/card/diff?" + wrong)).Status); }

        Assert.Equal(400, (await shelf.Native("GET", "models/card/diff?from=1")).Status);
        Assert.Equal(400, (await shelf.Native("GET", "models/card/diff?from=one&to=2")).Status);
    }

    [Fact]
    public void What_is_new_and_what_is_gone_have_one_side_only()
    {
        var (rows, same) = DiffVersions.Compare(
            [new Statement("metrics", "a", "1") { Value = 1 }, new Statement("features", "old", "double"), new Statement("features", "kept", "double")],
            [new Statement("metrics", "b", "2") { Value = 2 }, new Statement("features", "kept", "double")]);

        Assert.Equal([new DiffRow("features", "old", "double"), new DiffRow("metrics", "b", To: "2"), new DiffRow("metrics", "a", "1")], rows);
        Assert.Equal(1, same);
    }

    [Fact]
    public void A_change_that_the_shown_digits_hide_is_still_a_change()
    {
        var (rows, _) = DiffVersions.Compare([new Statement("metrics", "a", "0.5") { Value = 0.5 }], [new Statement("metrics", "a", "0.5") { Value = 0.5 + 1e-12 }]);

        Assert.InRange(Assert.Single(rows).Change!.Value, 0.9e-12, 1.1e-12);
    }

    [Fact]
    public void Numbers_that_are_none_have_no_change()
    {
        var (rows, same) = DiffVersions.Compare(
            [new Statement("metrics", "a", "not a number") { Value = double.NaN }, new Statement("metrics", "b", "1") { Value = 1 }],
            [new Statement("metrics", "a", "not a number") { Value = double.NaN }, new Statement("metrics", "b", "not a number")]);

        Assert.Equal([new DiffRow("metrics", "b", "1", "not a number")], rows);
        Assert.Equal(1, same);
    }
}
