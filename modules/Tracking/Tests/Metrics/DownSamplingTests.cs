using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Tests.Metrics;

public sealed class DownSamplingTests
{
    [Fact]
    public void Few_points_stay_as_they_are()
    {
        List<MetricPoint> points = [new(0, 0, 1), new(0, 1, 2)];

        Assert.Same(points, DownSampling.M4(points, 4));
    }

    [Theory, InlineData(10_000, 2_000), InlineData(2_001, 2_000), InlineData(100_000, 40), InlineData(5, 4)]
    public void At_most_so_many_are_kept_with_the_first_the_last_and_every_extreme(int count, int most)
    {
        var random = new Random(count);
        var points = Enumerable.Range(0, count).Select(i => new MetricPoint(i, i, random.NextDouble())).ToList();
        points[count / 3] = points[count / 3] with { Value = 100 };
        points[count / 2] = points[count / 2] with { Value = -100 };

        var kept = DownSampling.M4(points, most);

        Assert.InRange(kept.Count, 2, most);
        Assert.Equal(points[0], kept[0]);
        Assert.Equal(points[^1], kept[^1]);
        Assert.Contains(kept, point => point.Value == 100);
        Assert.Contains(kept, point => point.Value == -100);
        Assert.Equal(kept.Distinct().OrderBy(point => point.Step), kept);
    }

    [Fact]
    public void Steps_over_the_whole_range_and_points_at_one_step_are_no_trouble()
    {
        var wide = Enumerable.Range(0, 100).Select(i => new MetricPoint(i, i < 50 ? long.MinValue + i : long.MaxValue - 100 + i, i)).ToList();
        var narrow = Enumerable.Range(0, 100).Select(i => new MetricPoint(i, 7, i)).ToList();

        Assert.InRange(DownSampling.M4(wide, 8).Count, 2, 8);
        Assert.Equal([0.0, 99.0], DownSampling.M4(narrow, 8).Select(point => point.Value));
    }

    [Fact]
    public void Not_a_number_hides_no_extreme()
    {
        var points = Enumerable.Range(0, 100).Select(i => new MetricPoint(i, i, i % 2 == 0 ? double.NaN : i)).ToList();

        var kept = DownSampling.M4(points, 4);

        Assert.Contains(kept, point => point.Value == 1);
        Assert.Contains(kept, point => point.Value == 99);
    }

    [Fact]
    public void Steps_are_sampled_evenly_over_runs_with_the_ends_of_each()
    {
        var first = Enumerable.Range(0, 100).Select(i => new MetricPoint(i, i, i)).ToList();
        var second = Enumerable.Range(50, 7).Select(i => new MetricPoint(i, i, i)).ToList();

        var sampled = StepSampling.Even([("a", first), ("b", second)], 0, long.MaxValue, 10);

        Assert.Equal([0L, 10, 20, 30, 40, 50, 56, 60, 70, 80, 90, 99], sampled.Where(point => point.RunId == "a").Select(point => point.Point.Step));
        Assert.Equal([50L, 56], sampled.Where(point => point.RunId == "b").Select(point => point.Point.Step));
    }
}
