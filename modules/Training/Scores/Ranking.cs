namespace Slipway.Training.Scores;

/// <summary>How well scores put positive rows above others; nothing but their order matters.</summary>
/// <param name="RocAuc">Probability that a positive row scores above another one, ties half.</param>
/// <param name="AveragePrecision">Σ (R(i) − R(i−1)) P(i) over falling thresholds.</param>
/// <param name="Ks">Greatest distance between the two distributions of scores (Kolmogorov and Smirnov).</param>
internal sealed record Ranking(double RocAuc, double AveragePrecision, double Ks)
{
    /// <summary>2 AUC − 1.</summary>
    public double Gini => (2 * RocAuc) - 1;

    /// <param name="scores">Finite.</param>
    /// <param name="label">1 or 0; null is returned unless both occur.</param>
    public static Ranking? Of(double[] scores, double[] label)
    {
        long positives = label.LongCount(value => value == 1), negatives = label.Length - positives;
        if (positives == 0 || negatives == 0) { return null; }

        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort((double[])scores.Clone(), order);
        long hits = 0, misses = 0;
        double pairs = 0, precision = 0, ks = 0;
        for (var end = order.Length - 1; end >= 0;)
        {
            // One threshold: all rows of one score.
            long tiedHits = 0, tiedMisses = 0;
            for (var score = scores[order[end]]; end >= 0 && scores[order[end]] == score; end--)
            {
                if (label[order[end]] == 1) { tiedHits++; }
                else { tiedMisses++; }
            }

            pairs += tiedMisses * (hits + (tiedHits / 2.0));
            (hits, misses) = (hits + tiedHits, misses + tiedMisses);
            precision += (double)tiedHits / positives * hits / (hits + misses);
            ks = Math.Max(ks, Math.Abs(((double)hits / positives) - ((double)misses / negatives)));
        }

        return new Ranking(pairs / ((double)positives * negatives), precision, ks);
    }
}
