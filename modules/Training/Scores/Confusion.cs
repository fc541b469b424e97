using Slipway.Training.Contracts;

namespace Slipway.Training.Scores;

/// <summary>Decisions at a threshold against what happened.</summary>
internal static class Confusion
{
    /// <summary>A score at or above the threshold is a positive decision.</summary>
    public static ConfusionView Of(double[] scores, double[] label, double threshold) => Of(Array.ConvertAll(scores, score => score >= threshold), label);

    /// <param name="positive">Per row: the decision is the positive one.</param>
    public static ConfusionView Of(bool[] positive, double[] label)
    {
        long truePositive = 0, falsePositive = 0, trueNegative = 0, falseNegative = 0;
        for (var row = 0; row < label.Length; row++)
        {
            switch (positive[row], label[row] == 1)
            {
                case (true, true): truePositive++; break;
                case (true, false): falsePositive++; break;
                case (false, false): trueNegative++; break;
                default: falseNegative++; break;
            }
        }

        return new ConfusionView(truePositive, falsePositive, trueNegative, falseNegative);
    }

    /// <summary>The usual measures by name; null where nothing can be divided.</summary>
    public static IEnumerable<(string Name, double? Value)> Measures(ConfusionView counts)
    {
        double tp = counts.TruePositive, fp = counts.FalsePositive, tn = counts.TrueNegative, fn = counts.FalseNegative;
        var all = tp + fp + tn + fn;
        var (recall, specificity) = (Share(tp, tp + fn), Share(tn, tn + fp));
        yield return ("accuracy", Share(tp + tn, all));
        yield return ("precision", Share(tp, tp + fp));
        yield return ("recall", recall);
        yield return ("specificity", specificity);
        yield return ("f1", Share(2 * tp, (2 * tp) + fp + fn));
        yield return ("balanced_accuracy", (recall + specificity) / 2);
        yield return ("mcc", Share((tp * tn) - (fp * fn), Math.Sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))));
        var chance = (((tp + fp) * (tp + fn)) + ((tn + fn) * (tn + fp))) / (all * all);
        yield return ("kappa", Share(((tp + tn) / all) - chance, 1 - chance));
    }

    private static double? Share(double part, double whole) => whole == 0 ? null : part / whole;
}
