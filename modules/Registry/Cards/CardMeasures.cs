using Slipway.Registry.Contracts;

namespace Slipway.Registry.Cards;

/// <summary>What the card says of how good the model is, and to whom.</summary>
internal static class CardMeasures
{
    public static CardSection Evaluation(VersionRecords records)
    {
        const string Title = "Evaluation";
        if (records.Evaluation is not { } evaluation)
        {
            return new CardSection(
                "evaluation", Title, [.. records.Metrics.Select(metric => new CardFigure(metric.Name, Figures.Text(metric.Value), metric.From))],
                Missing: "No evaluation on held-out data is recorded; what stands here, if anything, is what was logged.");
        }

        var digest = records.Evidence.EvaluationDigest;
        var figures = new List<CardFigure> { new("Rows", Figures.Count(evaluation.Rows), "evaluation", digest) };
        figures.AddRange(evaluation.Metrics.Select(metric => new CardFigure(metric.Key, Figures.Text(metric.Value), "evaluation", digest)));
        if (evaluation.Decision is { } decision)
        {
            figures.Add(new CardFigure("Decision", $"{decision.AtOrAbove} at a score of {Figures.Text(decision.Threshold)} or above, else {decision.Below}", "evaluation", digest));
        }

        if (evaluation.Confusion is { } confusion)
        {
            figures.Add(new CardFigure(
                "Confusion", $"{Figures.Count(confusion.TruePositive)} true positive, {Figures.Count(confusion.FalsePositive)} false positive, {Figures.Count(confusion.TrueNegative)} true negative, {Figures.Count(confusion.FalseNegative)} false negative",
                "evaluation", digest));
        }

        if (evaluation.Calibration is { } calibration)
        {
            figures.Add(new CardFigure("Calibration error", Figures.Text(calibration.ErrorEqualCount), "evaluation", digest));
        }

        return new CardSection("evaluation", Title, figures);
    }

    public static CardSection Fairness(VersionRecords records)
    {
        const string Title = "Fairness by group";
        return records.Fairness.Count == 0
            ? new CardSection("fairness", Title, [], Missing: "No groups were compared; name them in the evaluate step.")
            : new CardSection(
                "fairness", Title,
                [.. records.Fairness.Select(group => new CardFigure($"{group.Column} = {group.Group}", Text(group), "evaluation", records.Evidence.EvaluationDigest))],
                "Share with the favourable decision, with 95 % intervals (Clopper–Pearson; ratios Katz).");
    }

    private static string Text(GroupFigure group)
    {
        var rows = $"{Figures.Count(group.Count)} rows";
        if (group.TooSmall) { return $"{rows}: too few to say anything"; }

        var rate = group.SelectionRate is { } selected ? $"selected {Figures.Interval(selected, group.SelectionLow, group.SelectionHigh)} of {rows}" : rows;
        return group.IsReference ? $"{rate}, the reference"
            : group.Ratio is { } ratio ? $"{rate}, ratio {Figures.Interval(ratio, group.RatioLow, group.RatioHigh)}, Fisher {Figures.P(group.FisherP)}"
            : rate;
    }
}
