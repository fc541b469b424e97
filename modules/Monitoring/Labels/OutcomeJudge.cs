using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.References;
using Slipway.Monitoring.Statistics;

namespace Slipway.Monitoring.Labels;

/// <summary>Judges the outcomes of a span against the version's evaluation and against its groups. Pure.</summary>
internal static class OutcomeJudge
{
    // Standard errors of the difference from the evaluation.
    private const double ForNotice = 1.959963984540054, ForCertain = 3;

    /// <param name="labels">At least one.</param>
    /// <param name="reference">Null = the version is gone.</param>
    /// <returns>Without its digest.</returns>
    public static PerformanceView Judge(LabelSpan span, IReadOnlyList<JoinedLabel> labels, LoadedReference? reference, MonitorSettings settings, long nowMs, CancellationToken ct)
    {
        var known = reference?.Data.Label;
        var observed = labels.Max(label => label.PredictedMs);
        if (known?.Positive is not { } positive)
        {
            const string Why = "The version's evaluation names no positive outcome, so outcomes cannot be judged.";
            return View(span, labels, nowMs, Verdict(MonitorAspect.Performance, MonitorVerdict.Unknown, Why, observed), Verdict(MonitorAspect.Fairness, MonitorVerdict.Unknown, Why, observed), [], [], null);
        }

        var outcomes = labels.Select(label => new Outcome(label.Score, label.Decision is { } decision && known.AtOrAbove is { } above ? decision == above : null, LabelValue.Same(label.Label, positive), label.Groups)).ToList();
        var done = Statistics.Performance.Of(outcomes, ct);
        IReadOnlyList<RealisedMetric> metrics =
        [
            Metric("roc_auc", done.Auc, reference!), Metric("log_loss", done.LogLoss, reference!), Metric("brier", done.Brier, reference!), Metric("accuracy", done.Accuracy, reference!),
        ];
        var groups = Groups(outcomes, known, settings);
        var confusion = done.Confusion is { } cells ? new RealisedConfusion(cells.TruePositive, cells.FalsePositive, cells.TrueNegative, cells.FalseNegative) : null;
        return View(span, labels, nowMs, Performance(metrics, labels.Count, reference!.Data.Score?.Counts.Sum() ?? 0, settings, observed), Fairness(groups, known, labels.Count, settings, observed), metrics, groups, confusion);
    }

    /// <param name="evaluated">Rows of the version's evaluation.</param>
    private static AspectVerdict Performance(IReadOnlyList<RealisedMetric> metrics, int labels, long evaluated, MonitorSettings settings, long observedMs)
    {
        if (labels < settings.MinimumLabels) { return Verdict(MonitorAspect.Performance, MonitorVerdict.Unknown, $"Only {labels} outcomes have arrived; {settings.MinimumLabels} are needed.", observedMs); }

        // The ranking first: it says how good the scores are whatever the share of positive outcomes is.
        // Without its rows the evaluation counts as one of as many.
        var found = metrics.Where(metric => metric is { Value: not null, Evaluated: not null }).Select(metric => (Metric: metric, Errors: Errors(metric, labels, evaluated > 0 ? evaluated : labels))).ToList();
        if (found.Find(pair => pair.Errors is not null) is not { Metric: { } metric, Errors: { } errors })
        {
            return Verdict(
                MonitorAspect.Performance, MonitorVerdict.Unknown,
                found.Count == 0 ? "No measure is defined both here and in the version's evaluation."
                : $"The {labels} outcomes are too much alike for an interval of {string.Join(", ", found.Select(pair => pair.Metric.Name))}, so nothing can be told from chance.", observedMs);
        }

        var (value, then) = (metric.Value!.Value, metric.Evaluated!.Value);

        // Looked at with each batch of outcomes: two errors come by chance, three hardly.
        var verdict = errors > ForCertain ? MonitorVerdict.No : errors > ForNotice ? MonitorVerdict.Attention : MonitorVerdict.Yes;
        return Verdict(
            MonitorAspect.Performance, verdict,
            Text($"{metric.Name} of {labels} outcomes is {value:0.###} (95 % interval {metric.Low:0.###} to {metric.High:0.###}); the evaluation has {then:0.###}{(verdict == MonitorVerdict.No ? ", and that is no chance" : verdict == MonitorVerdict.Attention ? ", which chance hardly explains" : errors > 0 ? ", which chance may explain" : "")}."), observedMs);
    }

    private static double? Errors(RealisedMetric metric, long rows, long evaluatedRows) =>
        Shortfall.Errors(new Figure(metric.Value, metric.Low, metric.High), metric.Evaluated!.Value, rows, evaluatedRows, metric.Name is "roc_auc" or "accuracy");

    private static AspectVerdict Fairness(IReadOnlyList<GroupPerformance> columns, ReferenceLabel known, int labels, MonitorSettings settings, long observedMs)
    {
        if (known.Favourable is null) { return Verdict(MonitorAspect.Fairness, MonitorVerdict.Unknown, "The version's evaluation names no favourable decision.", observedMs); }

        var least = columns.SelectMany(column => column.Groups.Where(group => group.Ratio is not null).Select(group => (Column: column, Group: group))).OrderBy(pair => pair.Group.Ratio).FirstOrDefault();
        if (least.Group is not { Ratio: { } ratio } group)
        {
            return Verdict(MonitorAspect.Fairness, MonitorVerdict.Unknown, $"No two groups of one column have {settings.MinimumGroup} outcomes or more; {labels} have arrived.", observedMs);
        }

        var (below, real) = (ratio < settings.MinimumRatio, group.RatioHigh < settings.MinimumRatio);
        var interval = group is { RatioLow: { } low, RatioHigh: { } high } ? Text($" (95 % interval {low:0.###} to {high:0.###})") : "";
        return Verdict(
            MonitorAspect.Fairness, real ? MonitorVerdict.No : below ? MonitorVerdict.Attention : MonitorVerdict.Yes,
            Text($"'{group.Group}' of {least.Column.Column} gets '{known.Favourable}' {ratio:0.###} times as often as '{least.Column.Reference}'{interval}; at least {settings.MinimumRatio:0.###} is expected."), observedMs);
    }

    private static List<GroupPerformance> Groups(IReadOnlyList<Outcome> outcomes, ReferenceLabel known, MonitorSettings settings)
    {
        if (known.Favourable is not { } favourable) { return []; }

        return
        [
            .. Statistics.Performance.ByGroups(outcomes, favourable == known.AtOrAbove, settings.MinimumGroup).Select(column =>
            {
                var contrasts = column.Contrasts.ToDictionary(contrast => contrast.Group, contrast => contrast.Decisions, StringComparer.Ordinal);
                return new GroupPerformance(
                    column.Column,
                    [
                        .. column.Groups.Select(group =>
                        {
                            var against = contrasts.GetValueOrDefault(group.Group);
                            return new GroupRow(
                                group.Group, group.Rows, group.Suppressed, group.Group == column.Reference, group.SelectionRate, group.SelectionInterval?.Low, group.SelectionInterval?.High,
                                against?.Ratio, against?.Interval?.Low, against?.Interval?.High);
                        }),
                    ],
                    column.Reference, column.ParityRatio);
            }),
        ];
    }

    private static RealisedMetric Metric(string name, Figure figure, LoadedReference reference) =>
        new(name, figure.Value, figure.Low, figure.High, reference.Data.Metrics.TryGetValue(name, out var evaluated) ? evaluated : null);

    private static PerformanceView View(
        LabelSpan span, IReadOnlyList<JoinedLabel> labels, long nowMs, AspectVerdict performance, AspectVerdict fairness,
        IReadOnlyList<RealisedMetric> metrics, IReadOnlyList<GroupPerformance> groups, RealisedConfusion? confusion) =>
        new(span.Version, span.FromMs, span.ToMs, labels.Count, labels.Max(label => label.ArrivedMs), nowMs, performance, fairness, metrics, groups, "", confusion);

    private static AspectVerdict Verdict(MonitorAspect aspect, MonitorVerdict verdict, string detail, long observedMs) => new(aspect, verdict, detail, observedMs);

    private static string Text(FormattableString sentence) => FormattableString.Invariant(sentence);
}
