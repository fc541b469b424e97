namespace Slipway.Training.Scores;

/// <summary>How far scores, read as probabilities, are from what happened.</summary>
internal static class Probabilities
{
    // Keeps a certain and wrong score from an infinite loss.
    private const double Clip = 1e-15;

    /// <summary>−mean log probability of what happened, natural logarithm, scores clipped to [1e-15, 1 − 1e-15].</summary>
    public static double LogLoss(double[] scores, double[] label)
    {
        var sum = 0.0;
        for (var row = 0; row < scores.Length; row++)
        {
            var p = Math.Clamp(scores[row], Clip, 1 - Clip);
            sum -= label[row] == 1 ? Math.Log(p) : double.LogP1(-p);
        }

        return sum / scores.Length;
    }

    /// <summary>Mean squared distance (Brier, Monthly Weather Review 78, 1950).</summary>
    public static double Brier(double[] scores, double[] label) => scores.Zip(label, (score, value) => (score - value) * (score - value)).Average();
}
