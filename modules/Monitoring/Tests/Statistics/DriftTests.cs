using Slipway.Datasets.Ports;
using Slipway.Monitoring.Statistics;

namespace Slipway.Monitoring.Tests.Statistics;

public sealed class DriftTests
{
    private static readonly DriftSettings Settings = new();

    [Fact]
    public void Without_drift_at_most_six_of_a_hundred_windows_have_anything_real_and_fewer_alarm()
    {
        var random = new Random(31);
        int real = 0, drifted = 0;
        var plain = new Dictionary<string, int>();
        for (var run = 0; run < 1_000; run++)
        {
            var reference = Population.Draw(random, 500);
            var result = Drift.Compare(Population.Pairs(reference, Population.Draw(random, 150, reference)), Settings);
            if (result.Any(column => column.Real)) { real++; }

            if (result.Any(column => column.Drifted)) { drifted++; }

            foreach (var column in result.Where(column => column.PValue <= Settings.Alpha)) { plain[column.Feature] = plain.GetValueOrDefault(column.Feature) + 1; }
        }

        Assert.InRange(real / 1_000.0, 0, 0.06);
        Assert.InRange(drifted / 1_000.0, 0, 0.06);
        Assert.All(plain, feature => Assert.True(feature.Value <= 65, $"{feature.Key}: {feature.Value} of 1,000"));
        Assert.InRange(plain["normal"], 30, 65);
    }

    [Fact]
    public void Two_columns_times_one_and_a_half_are_found_and_named_first()
    {
        var random = new Random(32);
        var reference = Population.Draw(random, 1_500);
        var (ratio, skewed, first, hints, others) = (0, 0, 0, 0, 0);
        for (var run = 0; run < 100; run++)
        {
            var window = Population.Draw(random, 200, reference, (name, value) => name is "ratio" or "skewed" ? value * 1.5 : value);
            var result = Drift.Compare(Population.Pairs(reference, window), Settings);
            ratio += result.Count(column => column is { Drifted: true, Feature: "ratio" });
            skewed += result.Count(column => column is { Drifted: true, Feature: "skewed" });
            if (result.Take(2).All(column => column.Feature is "ratio" or "skewed")) { first++; }


            hints += result.Count(column => column.UnitHint is not null);
            others += result.Count(column => column.Drifted && column.Feature is not ("ratio" or "skewed"));
            Assert.Equal(1, result.Sum(column => column.Contribution), 1e-9);
        }

        // The index of the second is about 0.16, near the maximum of 0.1 for windows of 200.
        Assert.InRange(ratio, 99, 100);
        Assert.InRange(skewed, 80, 100);
        Assert.InRange(first, 90, 100);
        Assert.InRange(hints, 0, 5);
        Assert.InRange(others, 0, 5);
    }

    [Fact]
    public void A_small_difference_of_many_rows_is_real_and_does_not_matter()
    {
        var random = new Random(33);
        var reference = Samples.Sketch(Enumerable.Range(0, 40_000).Select(_ => random.Normal()));
        var window = Samples.Sketch(Enumerable.Range(0, 40_000).Select(_ => random.Normal() + 0.05), reference);

        var column = Drift.Compare([(reference, window)], Settings).Single();

        Assert.Equal((true, false, false, "ks"), (column.Real, column.Large, column.Drifted, column.Test));
        Assert.InRange(column.Psi, column.PsiCut, 0.02);
        Assert.Equal(0.05, column.MeanNow!.Value - column.MeanThen!.Value, 0.03);
        Assert.Equal((10, 1, 1), (column.Bins.Count, Math.Round(column.Bins.Sum(bin => bin.Window), 9), Math.Round(column.Bins.Sum(bin => bin.Reference), 9)));
    }

    [Fact]
    public void Missing_values_new_levels_and_moved_levels_are_found()
    {
        var random = new Random(34);
        string Level() => random.NextDouble() switch { < 0.5 => "a", < 0.9 => "b", < 0.99 => "c", _ => "rare" + random.Next(3) };
        var numbers = Samples.Sketch(Enumerable.Range(0, 1_000).Select(_ => random.Normal()), name: "gaps");
        var gaps = Samples.Sketch(Enumerable.Range(0, 200).Select(i => i % 4 == 0 ? null : i % 4 == 1 ? double.NaN : (double?)random.Normal()), numbers);
        var levels = Samples.Sketch(Enumerable.Range(0, 1_000).Select(_ => Level()).ToList());
        var fresh = Samples.Sketch(Enumerable.Range(0, 200).Select(i => i % 5 == 0 ? "never seen" : Level()), levels);
        var moved = Samples.Sketch(Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? "b" : Level()), levels);

        var missing = Drift.Compare([(numbers, gaps)], Settings).Single();
        var unseen = Drift.Compare([(levels, fresh)], Settings).Single();
        var shifted = Drift.Compare([(levels, moved)], Settings).Single();

        Assert.All((ColumnDrift[])[missing, unseen, shifted], column => Assert.True(column.Drifted, column.ToString()));
        Assert.Equal((0, 0.5, 0.5), (missing.MissingThen, missing.MissingNow, missing.Bins.Single(bin => bin.Label == "(missing)").Window));
        Assert.Equal((0, 0.2), (unseen.Bins[^1].Reference, unseen.Bins[^1].Window));
        Assert.Equal("(new)", unseen.Bins[^1].Label);
        Assert.Equal(["a", "b", "c", "(other)"], shifted.Bins.Select(bin => bin.Label));
        Assert.Equal(["chi2", "chi2"], [unseen.Test, shifted.Test]);
    }

    [Fact]
    public void Numbers_with_few_values_are_levels_also_when_the_reference_is_constant()
    {
        var flags = Samples.Sketch(Enumerable.Range(0, 1_000).Select(i => i % 10 == 0 ? 1.0 : 0));
        var constant = Samples.Sketch(Enumerable.Repeat(7.0, 500));

        var more = Drift.Compare([(flags, Samples.Sketch(Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? 1.0 : 0), flags))], Settings).Single();
        var left = Drift.Compare([(constant, Samples.Sketch(Enumerable.Repeat(8.0, 100), constant))], Settings).Single();
        var same = Drift.Compare([(constant, Samples.Sketch(Enumerable.Repeat(7.0, 100), constant))], Settings).Single();

        Assert.Equal(("chi2", true, "0 1"), (more.Test, more.Drifted, string.Join(' ', more.Bins.Select(bin => bin.Label))));
        Assert.Equal((true, 1.0), (left.Drifted, left.OutsideNow));
        Assert.Equal((false, 1, 0), (same.Drifted, same.PValue, same.Psi));
    }

    [Fact]
    public void A_window_in_parts_is_judged_as_the_whole()
    {
        var random = new Random(35);
        for (var run = 0; run < 20; run++)
        {
            var reference = Population.Draw(random, 700);
            List<TableSketch> parts = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Population.Draw(random, random.Next(0, 90), reference))];

            var left = Drift.Compare(Population.Pairs(reference, parts.Aggregate((a, b) => a.Merge(b))), Settings);
            var right = Drift.Compare(Population.Pairs(reference, parts.AsEnumerable().Reverse().Aggregate((a, b) => a.Merge(b))), Settings);

            Assert.Equal(left.Select(Figures), right.Select(Figures));
        }

        static string Figures(ColumnDrift column) => FormattableString.Invariant($"{column.Feature} {column.Psi} {column.PValue} {column.AdjustedP} {column.Statistic} {string.Join(' ', column.Bins)}");
    }

    [Fact]
    public void Too_few_rows_say_nothing_and_do_not_weigh_on_others()
    {
        var random = new Random(36);
        var reference = Samples.Sketch(Enumerable.Range(0, 500).Select(_ => random.Normal()));
        var empty = Samples.Sketch((double[])[], name: "empty");

        var few = Drift.Compare([(reference, Samples.Sketch(Enumerable.Repeat(9.0, 29), reference))], Settings).Single();
        var none = Drift.Compare([(reference, Samples.Sketch((double[])[], reference)), (empty, Samples.Sketch([1.0, 2], empty))], Settings);

        Assert.Equal((false, false, 29), (few.Enough, few.Drifted, few.WindowRows));
        Assert.All(none, column => Assert.Equal((false, false, 0), (column.Enough, column.Drifted, column.Contribution)));
        Assert.Empty(Drift.Compare([], Settings));
    }

    [Fact]
    public void Scores_are_compared_in_the_bins_of_the_evaluation()
    {
        double[] edges = [.. Enumerable.Range(1, 9).Select(i => i / 10.0)];
        long[] then = [.. Enumerable.Repeat(70L, 10)];

        var same = Drift.CompareBins("score", edges, then, [20, 19, 21, 22, 18, 20, 20, 21, 19, 20], Settings);
        var higher = Drift.CompareBins("score", edges, then, [2, 5, 9, 12, 18, 25, 30, 31, 33, 35], Settings);

        Assert.Equal((false, true, 1), (same.Drifted, higher.Drifted, higher.Contribution));
        Assert.Equal(("≤ 0.1", "0.1 to 0.2", "> 0.9"), (same.Bins[0].Label, same.Bins[1].Label, same.Bins[9].Label));
    }

    [Theory]
    [InlineData(100, 0, "multiplied by 100")]
    [InlineData(0.001, 0, "divided by 1,000")]
    [InlineData(0.4536, 0, "kilograms for pounds")]
    [InlineData(1.609, 0, "kilometres for miles")]
    [InlineData(1.8, 32, "Fahrenheit for Celsius")]
    [InlineData(1.5, 0, null)]
    [InlineData(1, 30, null)]
    [InlineData(1, 0, null)]
    public void A_change_of_unit_is_named_when_it_explains_the_window(double factor, double offset, string? words)
    {
        var random = new Random(37);
        var reference = Samples.Sketch(Enumerable.Range(0, 1_000).Select(_ => 36 + (12 * random.Normal())));
        var window = Samples.Sketch(Enumerable.Range(0, 2_000).Select(_ => ((36 + (12 * random.Normal())) * factor) + offset), reference);

        var hint = Drift.Compare([(reference, window)], Settings).Single().UnitHint;

        if (words is null) { Assert.Null(hint); }
        else { Assert.StartsWith(words, hint, StringComparison.Ordinal); }
    }
}
