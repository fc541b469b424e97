using Slipway.Datasets.Ports;
using Slipway.Registry.Ports;
using Slipway.Training.Contracts;

namespace Slipway.Monitoring.References;

/// <summary>Makes the reference of a version from its records.</summary>
internal static class ReferenceMaker
{
    /// <param name="sketch">Of the training data; null when it is not known.</param>
    /// <param name="sketchDigest">Where it is stored.</param>
    public static Reference Make(VersionIdentity version, EvaluationReport? evaluation, TableSketch? sketch, string? sketchDigest)
    {
        var missing = new List<string>();
        if (sketch is null) { missing.Add("The version's training data is not recorded, so nothing can be said about the population."); }

        if (evaluation is null) { missing.Add("The version has no evaluation, so nothing can be said about its scores and outcomes."); }
        else if (evaluation.Calibration is null) { missing.Add("The version's evaluation has no score bins."); }

        return new Reference(
            Reference.CurrentFormat, version.Model, version.Version, sketch?.Rows ?? 0, Shares(evaluation),
            evaluation?.Metrics.Where(metric => metric.Value is not null).ToDictionary(metric => metric.Key, metric => metric.Value!.Value) ?? [], missing,
            sketchDigest, Bins(evaluation?.Calibration), Label(evaluation));
    }

    // Groups that end in the same score are one bin: their border would separate nothing.
    private static ScoreBins? Bins(CalibrationView? calibration)
    {
        if (calibration is not { Bins: { Count: > 0 } groups }) { return null; }

        var (edges, counts) = (new List<double>(), new List<long>());
        foreach (var group in groups)
        {
            if (edges.Count > 0 && group.HighScore <= edges[^1]) { counts[^1] += group.Rows; }
            else
            {
                edges.Add(group.HighScore);
                counts.Add(group.Rows);
            }
        }

        var rows = (double)groups.Sum(group => group.Rows);
        return new ScoreBins([.. edges.Take(edges.Count - 1)], [.. counts], groups.Sum(group => group.MeanScore * group.Rows) / rows);
    }

    private static List<ReferenceShare> Shares(EvaluationReport? evaluation)
    {
        if (evaluation is not { Decision: { } decision, Confusion: { } confusion, Rows: > 0 and var rows }) { return []; }

        var above = confusion.TruePositive + confusion.FalsePositive;
        return [new ReferenceShare(decision.AtOrAbove, above, (double)above / rows), new ReferenceShare(decision.Below, rows - above, (double)(rows - above) / rows)];
    }

    private static ReferenceLabel? Label(EvaluationReport? evaluation) => evaluation is null
        ? null
        : new ReferenceLabel(evaluation.Label.Column, evaluation.Label.Positive, evaluation.Decision?.AtOrAbove, evaluation.Decision?.Below, evaluation.Decision?.Favourable);
}
