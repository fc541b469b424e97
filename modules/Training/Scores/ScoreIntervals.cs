using Slipway.Training.Contracts;
using Slipway.Training.Fitting;

namespace Slipway.Training.Scores;

/// <summary>95 % intervals by normal approximation; null when the rows say nothing about the spread.</summary>
internal static class ScoreIntervals
{
    /// <summary>
    /// E. DeLong, D. DeLong and D. Clarke-Pearson (Biometrics 44, 1988): the variance is that of the shares of negatives below each positive, over the positives, plus that of the
    /// shares of positives above each negative, over the negatives.
    /// </summary>
    public static IntervalView? RocAuc(double[] scores, double[] label)
    {
        double[] above = Sorted(1), below = Sorted(0);
        if (above.Length < 2 || below.Length < 2) { return null; }

        var (auc, ofPositives) = Spread(Array.ConvertAll(above, score => ShareBelow(below, score)));
        var (_, ofNegatives) = Spread(Array.ConvertAll(below, score => 1 - ShareBelow(above, score)));
        return Around(auc, ofPositives + ofNegatives, 1);

        double[] Sorted(double value) => [.. scores.Where((_, row) => label[row] == value).Order()];
    }

    /// <summary>Around the mean of the rows' losses, as <see cref="Probabilities.LogLoss"/> has them.</summary>
    public static IntervalView? LogLoss(double[] scores, double[] label) => OfRows(scores, label, Probabilities.LogLoss, double.PositiveInfinity);

    public static IntervalView? Brier(double[] scores, double[] label) => OfRows(scores, label, Probabilities.Brier, 1);

    private static IntervalView? OfRows(double[] scores, double[] label, Func<double[], double[], double> measure, double most)
    {
        if (scores.Length < 2) { return null; }

        var (mean, variance) = Spread([.. scores.Zip(label, (score, value) => measure([score], [value]))]);
        return Around(mean, variance, most);
    }

    private static IntervalView? Around(double value, double variance, double most)
    {
        var half = Tails.NormalQuantile * Math.Sqrt(variance);
        return half > 0 ? new IntervalView(Math.Max(0, value - half), Math.Min(most, value + half)) : null;
    }

    /// <summary>Mean of values, and the variance of that mean.</summary>
    private static (double Mean, double Variance) Spread(double[] values)
    {
        var mean = values.Average();
        return (mean, values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    // Ties count half.
    private static double ShareBelow(double[] sorted, double score) => (First(sorted, value => value >= score) + First(sorted, value => value > score)) / 2.0 / sorted.Length;

    private static int First(double[] sorted, Func<double, bool> holds)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(sorted[middle])) { high = middle; }
            else { low = middle + 1; }
        }

        return low;
    }
}
