using MathNet.Numerics;
using Slipway.Training.Contracts;
using Slipway.Training.Fitting;
using Slipway.Training.Statistics;

namespace Slipway.Training.Ports;

/// <summary>Shares, their intervals at 95 %, and two of them against each other.</summary>
public static class Proportions
{
    private const double Tail = 0.025;

    /// <summary>The exact interval of Clopper and Pearson (Biometrika 26, 1934): beta quantiles; [0, …] for no success, […, 1] for nothing else.</summary>
    public static IntervalView ClopperPearson(long successes, long trials) => new(
        successes == 0 ? 0 : BetaQuantile.Of(Tail, successes, trials - successes + 1),
        successes == trials ? 1 : BetaQuantile.Of(1 - Tail, successes + 1, trials - successes));

    /// <summary>
    /// The score interval of E. Wilson (Journal of the American Statistical Association 22, 1927), which is narrower than the exact one and covers 95 % on average rather than at
    /// least; [0, 1] without trials.
    /// </summary>
    public static IntervalView Wilson(long successes, long trials)
    {
        if (trials == 0) { return new IntervalView(0, 1); }

        double n = trials, share = successes / n, z2 = Tails.NormalQuantile * Tails.NormalQuantile;
        var (middle, half) = ((share + (z2 / (2 * n))) / (1 + (z2 / n)), Tails.NormalQuantile * Math.Sqrt((share * (1 - share) / n) + (z2 / (4 * n * n))) / (1 + (z2 / n)));
        return new IntervalView(successes == 0 ? 0 : middle - half, successes == trials ? 1 : middle + half);
    }

    /// <summary>
    /// Ratio of two shares with the interval of Katz et al. (Biometrics 34, 1978): the logarithm of the ratio is about normal with variance 1/a − 1/n + 1/c − 1/m. Difference
    /// and Fisher's p beside it.
    /// </summary>
    /// <param name="successes">a of n: the group.</param>
    /// <param name="otherSuccesses">c of m: the group it is held against.</param>
    public static RateRatioView Compare(long successes, long trials, long otherSuccesses, long otherTrials)
    {
        var (rate, other) = ((double)successes / trials, (double)otherSuccesses / otherTrials);
        double? ratio = otherSuccesses == 0 ? null : rate / other;
        IntervalView? interval = null;
        if (successes > 0 && otherSuccesses > 0)
        {
            var error = Math.Sqrt((1.0 / successes) - (1.0 / trials) + (1.0 / otherSuccesses) - (1.0 / otherTrials));
            interval = new IntervalView(rate / other * Math.Exp(-Tails.NormalQuantile * error), rate / other * Math.Exp(Tails.NormalQuantile * error));
        }

        return new RateRatioView(rate - other, FisherExact(successes, trials - successes, otherSuccesses, otherTrials - otherSuccesses), ratio, interval);
    }

    /// <summary>
    /// Fisher's exact test of a 2 × 2 table, two-sided: the probability, under fixed margins, of all tables that are no more likely than this one (equal up to a relative 1e-7, as
    /// R's fisher.test has it).
    /// </summary>
    public static double FisherExact(long a, long b, long c, long d)
    {
        var (first, successes, all) = (a + b, a + c, a + b + c + d);
        var (least, most) = (Math.Max(0, first + successes - all), Math.Min(first, successes));
        if (least == most) { return 1; }

        double Log(long k) => LogChoose(successes, k) + LogChoose(all - successes, first - k) - LogChoose(all, first);
        var here = Math.Exp(Log(a)) * (1 + 1e-7);
        var mode = Math.Clamp((long)Math.Floor((double)(first + 1) * (successes + 1) / (all + 2)), least, most);
        var total = 0.0;
        for (var (k, p) = (mode, Math.Exp(Log(mode))); k <= most && p > 0; k++)
        {
            if (p <= here) { total += p; }

            p *= (double)(successes - k) * (first - k) / ((double)(k + 1) * (all - successes - first + k + 1));
        }

        for (var (k, p) = (mode, Math.Exp(Log(mode))); k > least && p > 0;)
        {
            p *= (double)k * (all - successes - first + k) / ((double)(successes - k + 1) * (first - k + 1));
            k--;
            if (p <= here) { total += p; }
        }

        return Math.Min(total, 1);
    }

    private static double LogChoose(long n, long k) => SpecialFunctions.GammaLn(n + 1.0) - SpecialFunctions.GammaLn(k + 1.0) - SpecialFunctions.GammaLn(n - k + 1.0);
}
