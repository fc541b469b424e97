using System.Globalization;
using Slipway.Datasets.Ports;
using Slipway.Governance.Ports;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Definitions;
using Slipway.Monitoring.References;
using Slipway.Monitoring.Statistics;

namespace Slipway.Monitoring.Folding;

/// <summary>What is known when a window is judged.</summary>
/// <param name="Conditions">Of the approval; null = there is none, or it says nothing.</param>
internal sealed record JudgeContext(string Endpoint, string Model, MonitorDefinition Definition, ApprovedConditions? Conditions)
{
    /// <summary>The approval's bands; the definition's for decisions of which the approval says nothing.</summary>
    public IReadOnlyList<DecisionBandLimits> Bands()
    {
        var approved = Conditions?.Decisions.Select(band => new DecisionBandLimits(band.Decision, band.Low, band.High, true)).ToList() ?? [];
        var own = Definition.Settings.Bands.Where(band => approved.All(known => known.Decision != band.Decision)).Select(band => new DecisionBandLimits(band.Decision, band.Low, band.High, false));
        return [.. approved, .. own];
    }

    /// <summary>From which index on a change of a feature matters: the smaller one of the approval's and the definition's.</summary>
    public double MaximumPsi(string feature) => Conditions?.Population is { } population && population.Features?.Contains(feature) != false
        ? Math.Min(population.MaximumPsi, Definition.Settings.MaximumPsi)
        : Definition.Settings.MaximumPsi;
}

/// <summary>Compares a closed window with the reference. Pure.</summary>
internal static class WindowJudge
{
    /// <param name="reference">Null = the version is gone.</param>
    /// <param name="tests">Of the bands, as they stood when the window closed; by decision.</param>
    public static WindowView Judge(
        string id, DeploymentFold deployment, WindowState window, LoadedReference? reference, JudgeContext context, IReadOnlyDictionary<string, EnvelopeTest> tests, long closedMs)
    {
        var settings = context.Definition.Settings;
        var enough = window.Predictions >= settings.MinimumPredictions;
        var (features, others) = enough ? Features(window, reference, context) : ([], []);
        var score = enough ? Score(window, reference, settings) : null;
        var shares = Shares(window, context, tests);
        var (population, detail) = Population(window, reference, context, features, score);
        var (decisions, _) = Decisions(window, shares, settings);
        var top = features.Where(feature => feature.Enough).MaxBy(feature => feature.Psi);
        var summary = new WindowSummary(
            id, deployment.Version, deployment.DeploymentId, RoleName.Of(deployment.Role), window.Number, window.Predictions, window.FromMs, window.ToMs, closedMs,
            population, decisions, detail, shares, "", top?.Psi, top?.Feature);
        var compared = reference is null
            ? new ReferenceView(0, null, "The version is no longer registered.")
            : new ReferenceView(reference.Data.Rows, reference.Digest, reference.Data.Missing.Count > 0 ? string.Join(" ", reference.Data.Missing) : null);
        return new WindowView(context.Endpoint, context.Model, summary, features, others, compared, settings.Alpha, settings.MaximumPsi, context.Definition.Version, score);
    }

    /// <summary>The verdict on the decisions of a window, in a sentence.</summary>
    public static (MonitorVerdict Verdict, string Detail) Decisions(WindowState window, IReadOnlyList<WatchedShare> shares, MonitorSettings settings)
    {
        var banded = shares.Where(share => share.Low is not null).ToList();
        if (banded.Count == 0) { return (MonitorVerdict.Unknown, "No share of a decision was approved, so none can be left."); }

        if (window.Predictions < settings.MinimumPredictions) { return (MonitorVerdict.Unknown, TooFew(window, settings)); }

        var outside = banded.Where(share => share.Share < share.Low || share.Share > share.High).ToList();
        var sentence = string.Join("; ", (outside.Count > 0 ? outside : banded).Select(share => Text(
            $"{share.Share:P1} of {window.Predictions} predictions were '{share.Decision}', {(outside.Count > 0 ? "outside" : "within")} the band of {share.Low:P1} to {share.High:P1}")));
        return (outside.Count > 0 ? MonitorVerdict.Attention : MonitorVerdict.Yes, sentence + ".");
    }

    private static (List<FeatureDrift> Features, List<NotCompared> Others) Features(WindowState window, LoadedReference? reference, JudgeContext context)
    {
        var settings = context.Definition.Settings;
        var (pairs, others) = (new List<(ColumnSketch, ColumnSketch)>(), new List<NotCompared>());
        foreach (var name in settings.Features ?? window.Fields)
        {
            if (reference?.Sketch?.Find(name) is not { } then) { others.Add(new NotCompared(name, reference?.Sketch is null ? "No training data is known." : "The training data has no such column.")); }
            else if (window.Sketch?.Find(name) is not { } now) { others.Add(new NotCompared(name, window.Fields.Contains(name) ? "Its values cannot be compared with those of the training data." : "It is no input of the model.")); }
            else { pairs.Add((then, now)); }
        }

        // Compared with the smallest of the maxima, so that a hint is given wherever one may be needed; what is large, each feature's own maximum decides.
        var least = pairs.Select(pair => context.MaximumPsi(pair.Item1.Name)).DefaultIfEmpty(settings.MaximumPsi).Min();
        var drifts = Drift.Compare(pairs, new DriftSettings(settings.Alpha, least, settings.MinimumPredictions));
        return ([.. drifts.Select(drift => View(drift, context.MaximumPsi(drift.Feature)))], others);
    }

    private static FeatureDrift? Score(WindowState window, LoadedReference? reference, MonitorSettings settings) =>
        reference?.Data.Score is { } bins && window.ScoreCounts.Sum() is var count and > 0
            ? View(Drift.CompareBins("score", bins.Edges, bins.Counts, window.ScoreCounts, new DriftSettings(settings.Alpha, settings.MaximumPsi, settings.MinimumPredictions)), settings.MaximumPsi) with
            {
                MeanThen = bins.Mean, MeanNow = window.ScoreSum / count,
            }
            : null;

    private static FeatureDrift View(ColumnDrift drift, double maximumPsi)
    {
        var (real, large) = (drift.Enough && drift.Real, drift.Psi > Math.Max(maximumPsi, drift.PsiCut));
        return new FeatureDrift(
            drift.Feature, drift.Test, drift.Psi, drift.PsiCut, drift.Statistic, drift.PValue, drift.AdjustedP, real, large, real && large, drift.Contribution, maximumPsi,
            [.. drift.Bins.Select(bin => new DriftBinView(bin.Label, bin.Reference, bin.Window))], drift.MeanThen, drift.MeanNow, drift.MissingThen, drift.MissingNow, drift.OutsideNow,
            real && large ? drift.UnitHint : null, drift.Enough);
    }

    /// <summary>Each decision with its share, its band and the evidence against it.</summary>
    public static List<WatchedShare> Shares(WindowState window, JudgeContext context, IReadOnlyDictionary<string, EnvelopeTest> tests)
    {
        var decided = window.Decisions.Values.Sum();
        var bands = context.Bands();
        return
        [
            .. window.Decisions.Keys.Union(decided > 0 ? bands.Select(band => band.Decision) : []).Order(StringComparer.Ordinal).Select(decision =>
            {
                var (count, band) = (window.Decisions.GetValueOrDefault(decision), bands.FirstOrDefault(band => band.Decision == decision));
                return new WatchedShare(
                    decision, count, (double)count / decided, band?.Low, band?.High,
                    band is null ? null : tests.GetValueOrDefault(decision)?.LogEvidence ?? 0, band is null ? null : -Math.Log(context.Definition.Settings.EnvelopeAlpha));
            }),
        ];
    }

    private static (MonitorVerdict Verdict, string Detail) Population(
        WindowState window, LoadedReference? reference, JudgeContext context, List<FeatureDrift> features, FeatureDrift? score)
    {
        var settings = context.Definition.Settings;
        if (window.Predictions < settings.MinimumPredictions) { return (MonitorVerdict.Unknown, TooFew(window, settings)); }

        if (features.Count == 0) { return (MonitorVerdict.Unknown, reference?.Sketch is null ? "The version's training data is not recorded, so there is nothing to compare with." : "No feature of the model could be compared."); }

        var rows = reference?.Data.Rows ?? 0;
        features = [.. features.Where(feature => feature.Enough)];
        if (features.Count == 0)
        {
            return (MonitorVerdict.Unknown, rows < settings.MinimumPredictions
                ? Text($"The reference has only {rows} rows; {settings.MinimumPredictions} are needed.")
                : Text($"No feature has {settings.MinimumPredictions} rows on both sides."));
        }

        var drifted = features.Where(feature => feature.Drifted).OrderByDescending(feature => feature.Psi).ToList();
        if (drifted.Count > 0)
        {
            return (MonitorVerdict.No, Text(
                $"{drifted.Count} of {features.Count} features drifted over {window.Predictions} predictions: {string.Join(", ", drifted.Take(3).Select(feature => Moved(feature)))}{(drifted.Count > 3 ? ", …" : "")}; at most {context.MaximumPsi(drifted[0].Feature):0.###} is accepted."));
        }

        var moved = features.Where(feature => feature.Real).OrderByDescending(feature => feature.Psi).ToList();
        if (moved.Count > 0) { return (MonitorVerdict.Attention, Text($"{moved.Count} of {features.Count} features moved, none past its maximum: {string.Join(", ", moved.Take(3).Select(Moved))}.")); }

        if (score is { Drifted: true }) { return (MonitorVerdict.Attention, Text($"No feature moved, but the score did: {Moved(score)}.")); }

        var top = features.MaxBy(feature => feature.Psi)!;
        return (MonitorVerdict.Yes, Text($"None of {features.Count} features moved over {window.Predictions} predictions; the greatest index is {top.Psi:0.###} ({top.Feature}), at most {context.MaximumPsi(top.Feature):0.###} is accepted."));
    }

    private static string Moved(FeatureDrift feature) => Text($"{feature.Feature} (PSI {feature.Psi:0.###}, p {(feature.AdjustedP < 0.001 ? "< 0.001" : feature.AdjustedP.ToString("0.###", CultureInfo.InvariantCulture))})");

    private static string TooFew(WindowState window, MonitorSettings settings) => Text($"Only {window.Predictions} predictions came; {settings.MinimumPredictions} are needed.");

    private static string Text(FormattableString sentence) => FormattableString.Invariant(sentence);
}
