using Slipway.Monitoring.Statistics;

namespace Slipway.Monitoring.Tests.Statistics;

public sealed class ShortfallTests
{
    [Fact]
    public void A_model_that_is_as_good_as_evaluated_seldom_falls_short_and_a_worse_one_does()
    {
        var random = new Random(51);
        var (short2, short3, found) = (0, 0, 0);
        for (var run = 0; run < 300; run++)
        {
            var then = Measure(500, 1.5);
            var now = Measure(300, 1.5);
            var errors = Shortfall.Errors(now.Auc, then.Auc.Value!.Value, 300, 500, true)!.Value;
            if (errors > 1.96) { short2++; }

            if (errors > 3) { short3++; }

            if (run < 100 && Shortfall.Errors(Measure(300, 0.2).LogLoss, then.LogLoss.Value!.Value, 300, 500, false) > 3) { found++; }
        }

        Assert.InRange(short2 / 300.0, 0, 0.05);
        Assert.InRange(short3 / 300.0, 0, 0.01);
        Assert.InRange(found, 95, 100);

        // Scores that are log-odds of what happens, times the strength with which they say it.
        Performance Measure(int rows, double strength) => Performance.Of(
            [.. Enumerable.Range(0, rows).Select(_ =>
            {
                var odds = 1.5 * random.Normal();
                return new Outcome(1 / (1 + Math.Exp(-odds)), null, random.NextDouble() < 1 / (1 + Math.Exp(-odds * strength / 1.5)), new Dictionary<string, string>());
            })], default);
    }

    [Fact]
    public void Better_is_below_zero_and_nothing_is_said_without_an_interval()
    {
        Assert.Equal(-2, Shortfall.Errors(new Figure(0.9, 0.9 - 0.0195996, 0.9 + 0.0195996), 0.88, 100, 1_000_000_000, true)!.Value, 1e-3);
        Assert.Equal(2, Shortfall.Errors(new Figure(0.9, 0.9 - 0.0195996, 0.9 + 0.0195996), 0.88, 100, 1_000_000_000, false)!.Value, 1e-3);
        Assert.Null(Shortfall.Errors(new Figure(0.9), 0.8, 10, 10, true));
        Assert.Null(Shortfall.Errors(new Figure(1, 1, 1), 0.8, 10, 10, true));
    }
}
