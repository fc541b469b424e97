using System.Text.Json;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Statistics;

namespace Slipway.Monitoring.Tests.Statistics;

public sealed class EnvelopeTestTests
{
    private const double Alpha = 0.05;

    [Theory]
    [InlineData(0.2, 0.05, 0.2)]
    [InlineData(0.05, 0.05, 0.2)]
    [InlineData(0.2, 0, 0.2)]
    public void A_share_at_the_edge_is_called_broken_in_at_most_alpha_of_all_lives(double share, double low, double high)
    {
        var random = new Random(20);
        var broken = Enumerable.Range(0, 1_000).Count(_ => BrokenAfter(random, EnvelopeTest.Begin(low, high), share, 1_600, 16) is not null);

        Assert.InRange(broken / 1_000.0, 0, Alpha + 0.01);
    }

    [Fact]
    public void Looking_after_every_single_prediction_is_as_safe()
    {
        var random = new Random(21);
        var broken = Enumerable.Range(0, 1_000).Count(_ => BrokenAfter(random, EnvelopeTest.Begin(0, 0.3), 0.3, 150, 1) is not null);

        Assert.InRange(broken / 1_000.0, 0, Alpha + 0.01);
    }

    [Fact]
    public void Nine_in_ten_where_two_are_allowed_is_found_after_some_ten_predictions_also_after_long_good_times()
    {
        var random = new Random(22);
        var fresh = Enumerable.Range(0, 300).Select(_ => BrokenAfter(random, EnvelopeTest.Begin(0.05, 0.2), 0.9, 100, 1)!.Value).Order().ToList();
        var good = EnvelopeTest.Begin(0.05, 0.2);
        for (var batch = 0; batch < 250; batch++) { good = good.Add(100, 12); }

        var late = Enumerable.Range(0, 100).Select(_ => BrokenAfter(random, good, 0.9, 200, 1)!.Value).Order().ToList();

        Assert.False(good.IsBroken(Alpha));
        Assert.Equal((EnvelopeSide.Inside, 25_000, 0.12), (good.Side, good.Predictions, good.Share));
        Assert.InRange(fresh[150], 4, 9);
        Assert.InRange(fresh[^1], 4, 30);
        Assert.InRange(late[^1], 5, 60);
        Assert.InRange(good.Starts.Count, 1, 41);
    }

    [Theory]
    [InlineData(0.3, "Above")]
    [InlineData(0.02, "Below")]
    public void A_share_not_far_outside_is_found_with_time_and_its_side_is_named(double share, string side)
    {
        var random = new Random(23);
        var test = EnvelopeTest.Begin(0.1, 0.2);
        for (var batch = 0; batch < 100 && !test.IsBroken(0.01); batch++) { test = test.Add(20, Enumerable.Range(0, 20).Count(_ => random.NextDouble() < share)); }

        Assert.True(test.IsBroken(0.01));
        Assert.Equal(side, test.Side.ToString());
        Assert.InRange(test.PValue, 0, 0.01);

        // Evidence is never taken back, and the state outlives its process.
        var later = JsonSerializer.Deserialize<EnvelopeTest>(JsonSerializer.Serialize(test, WireJson.Options), WireJson.Options)!.Add(1_000, 150);
        Assert.Equal(JsonSerializer.Serialize(test.Add(1_000, 150), WireJson.Options), JsonSerializer.Serialize(later, WireJson.Options));
        Assert.Equal((test.LogEvidence, test.Strongest), (later.LogEvidence, later.Strongest));
    }

    [Fact]
    public void A_band_without_edges_cannot_be_broken_and_one_that_forbids_a_decision_is_broken_by_few()
    {
        var any = EnvelopeTest.Begin(0, 1).Add(1_000, 1_000).Add(1_000_000, 0);
        var never = EnvelopeTest.Begin(0, 0).Add(10, 0);

        Assert.Equal((0, EnvelopeSide.Inside, 1), (any.LogEvidence, any.Side, any.PValue));
        Assert.Same(any, any.Add(0, 0));
        Assert.False(never.IsBroken(Alpha));
        Assert.True(never.Add(2, 2).IsBroken(Alpha));
        Assert.True(EnvelopeTest.Begin(0.1, 0.2).Add(5_000_000, 4_000_000).IsBroken(1e-12));
    }

    private static int? BrokenAfter(Random random, EnvelopeTest test, double share, int most, int batch)
    {
        for (var predictions = batch; predictions <= most; predictions += batch)
        {
            test = test.Add(batch, Enumerable.Range(0, batch).Count(_ => random.NextDouble() < share));
            if (test.IsBroken(Alpha)) { return predictions; }
        }

        return null;
    }
}
