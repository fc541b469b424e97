using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Fitting;

namespace Slipway.Training.Scores;

/// <summary>Scores against the share of positive rows among those that have about the same score.</summary>
internal static class Calibration
{
    private const int Bins = 10;

    // A score of exactly 0 or 1 has no finite log-odds.
    private const double Clip = 1e-12;

    /// <summary>
    /// The expected calibration error is Σ n(b)/n · |mean score − rate| over ten bins, of equal width (b/10 ≤ score &lt; (b+1)/10, 1 in the last) and of equal count (rows sorted by
    /// score; the first bins take what is left over). Slope and intercept: logistic regression of the label on the log-odds of the score (Cox, Biometrika 45, 1958).
    /// </summary>
    public static CalibrationView Of(double[] scores, double[] label, CancellationToken ct)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(row => scores[row]).ToArray();
        var counted = EqualCount(order, scores, label);
        var widths = order.GroupBy(row => Math.Clamp((int)(scores[row] * Bins), 0, Bins - 1)).Select(group => BinOf([.. group], scores, label)).ToList();
        var (slope, intercept) = Line(scores, label, ct);
        return new CalibrationView(Error(widths, scores.Length), Error(counted, scores.Length), counted, slope, intercept);
    }

    private static List<CalibrationBinView> EqualCount(int[] order, double[] scores, double[] label)
    {
        var bins = new List<CalibrationBinView>(Bins);
        for (var (bin, start) = (0, 0); bin < Bins && start < order.Length; bin++)
        {
            var count = (order.Length / Bins) + (bin < order.Length % Bins ? 1 : 0);
            if (count > 0) { bins.Add(BinOf(order.AsSpan(start, count), scores, label)); }

            start += count;
        }

        return bins;
    }

    private static CalibrationBinView BinOf(ReadOnlySpan<int> rows, double[] scores, double[] label)
    {
        var (sum, hits) = (0.0, 0.0);
        foreach (var row in rows)
        {
            sum += scores[row];
            hits += label[row];
        }

        return new CalibrationBinView(scores[rows[0]], scores[rows[^1]], rows.Length, sum / rows.Length, hits / rows.Length);
    }

    private static double Error(List<CalibrationBinView> bins, int rows) => bins.Sum(bin => (double)bin.Rows / rows * Math.Abs(bin.MeanScore - bin.Rate));

    private static (double? Slope, double? Intercept) Line(double[] scores, double[] label, CancellationToken ct)
    {
        var odds = Array.ConvertAll(scores, score => Math.Clamp(score, Clip, 1 - Clip) is var p ? Math.Log(p) - double.LogP1(-p) : 0);
        var ones = Enumerable.Repeat(1.0, scores.Length).ToArray();
        return LogisticFit.Run(new DesignMatrix([("log-odds", "score")], [odds], scores.Length), label, ones, ct) is { Problem: null, Value: var fit }
            ? (fit.Estimates[1], fit.Estimates[0])
            : (null, null);
    }
}
