namespace Slipway.Training.Scores;

/// <summary>Predictions against values, in the unit of the label as it was learned (of its logarithm when that is what the model predicts).</summary>
internal static class RegressionMeasures
{
    /// <summary>By name; null where it is not defined.</summary>
    public static IEnumerable<(string Name, double? Value)> Of(double[] scores, double[] label)
    {
        var errors = scores.Zip(label, (score, value) => score - value).ToArray();
        var mean = label.Average();
        var spread = label.Sum(value => (value - mean) * (value - mean));
        var (squares, bias) = (errors.Sum(error => error * error), errors.Average());
        var sizes = Array.ConvertAll(errors, Math.Abs);
        yield return ("mae", sizes.Average());
        yield return ("rmse", Math.Sqrt(squares / label.Length));
        yield return ("r2", spread == 0 ? null : 1 - (squares / spread));
        yield return ("mape", Share(sizes, label, value => Math.Max(Math.Abs(value), 2.220446049250313e-16)));
        yield return ("smape", Symmetric(sizes, scores, label));
        yield return ("median_absolute_error", Median(sizes));
        yield return ("max_error", sizes.Max());
        yield return ("explained_variance", spread == 0 ? null : 1 - (errors.Sum(error => (error - bias) * (error - bias)) / spread));
        yield return ("bias", bias);
        yield return ("pinball_90", Pinball(errors, 0.9));
    }

    private static double Share(double[] sizes, double[] label, Func<double, double> whole) => sizes.Select((size, row) => size / whole(label[row])).Average();

    /// <summary>Mean of 2 |e| / (|score| + |value|); a row where both are 0 counts 0.</summary>
    private static double Symmetric(double[] sizes, double[] scores, double[] label) =>
        sizes.Select((size, row) => size == 0 ? 0 : 2 * size / (Math.Abs(scores[row]) + Math.Abs(label[row]))).Average();

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Mean of α (y − ŷ) where the value is above, (1 − α) (ŷ − y) where it is below.</summary>
    private static double Pinball(double[] errors, double alpha) => errors.Average(error => error < 0 ? alpha * -error : (1 - alpha) * error);
}
