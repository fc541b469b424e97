using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Tests.Metrics;

public sealed class MetricPointTests
{
    // Time, step, value of the stored and the new point; whether the new one is shown. (Greatest by step, time, value; NaN counts as 0.)
    [Theory]
    [InlineData(1, 0, 0.5, 2, 0, 0.1, true)]
    [InlineData(2, 0, 0.5, 1, 0, 0.9, false)]
    [InlineData(1, 0, 0.5, 9, -5, 0.9, false)]
    [InlineData(9, 1, 0.5, 1, 2, 0.1, true)]
    [InlineData(1, 1, 0.5, 1, 1, 0.6, true)]
    [InlineData(1, 1, 0.5, 1, 1, 0.5, false)]
    [InlineData(1, 1, -1, 1, 1, double.NaN, true)]
    [InlineData(1, 1, 1, 1, 1, double.NaN, false)]
    [InlineData(1, 1, double.NaN, 1, 1, 0.0, false)]
    public void The_latest_is_greatest_by_step_then_time_then_value(long oldTime, long oldStep, double oldValue, long time, long step, double value, bool shown) =>
        Assert.Equal(shown, new MetricPoint(time, step, value).IsLaterThan(new MetricPoint(oldTime, oldStep, oldValue)));

    [Fact]
    public void Normalising_sorts_by_time_step_value_and_drops_exact_duplicates()
    {
        List<MetricPoint> points = [new(2, 0, 1), new(1, 5, 1), new(1, 5, 1), new(1, 5, double.NaN), new(1, 5, double.NaN), new(1, 5, 0), new(1, 4, 9)];

        MetricPoint.Normalise(points);

        Assert.Equal([new(1, 4, 9), new(1, 5, 0), new(1, 5, double.NaN), new(1, 5, 1), new(2, 0, 1)], points);
    }

    [Theory, InlineData(double.PositiveInfinity, double.MaxValue), InlineData(double.NegativeInfinity, double.MinValue), InlineData(1.5, 1.5)]
    public void Infinities_become_the_largest_numbers(double value, double kept) => Assert.Equal(kept, MetricPoint.Clamp(value));
}
