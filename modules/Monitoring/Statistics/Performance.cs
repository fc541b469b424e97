using Slipway.Training.Contracts;
using Slipway.Training.Ports;

namespace Slipway.Monitoring.Statistics;

/// <summary>A measure with its 95 % interval.</summary>
/// <param name="Value">Null where it is not defined, such as the area under the curve when all outcomes are equal.</param>
/// <param name="Low">Null where the rows do not support an interval.</param>
internal sealed record Figure(double? Value, double? Low = null, double? High = null);

/// <summary>How predictions did, by the measures of an evaluation.</summary>
/// <param name="Rows">With a known outcome.</param>
/// <param name="Positives">Of them with the positive outcome.</param>
/// <param name="Auc">Of the rows with a probability as score, as are log loss (natural logarithm) and Brier score.</param>
/// <param name="Accuracy">Of the rows with a decision.</param>
/// <param name="Confusion">Of the rows with a decision; null when there is none.</param>
internal sealed record Performance(long Rows, long Positives, Figure Auc, Figure LogLoss, Figure Brier, Figure Accuracy, ConfusionView? Confusion)
{
    private static readonly Figure Unknown = new(null);

    public static Performance Of(IReadOnlyCollection<Outcome> outcomes, CancellationToken ct)
    {
        var all = new Performance(outcomes.Count, outcomes.LongCount(outcome => outcome.Label), Unknown, Unknown, Unknown, Unknown, null);
        var (scored, decided) = (outcomes.Where(outcome => outcome.Score is >= 0 and <= 1).ToList(), outcomes.Where(outcome => outcome.Positive is not null).ToList());
        if (scored.Count > 0)
        {
            var (measures, intervals) = Measure(scored, null, ct);
            all = all with { Auc = Of("roc_auc", measures, intervals), LogLoss = Of("log_loss", measures, intervals), Brier = Of("brier", measures, intervals) };
        }

        if (decided.Count > 0)
        {
            var (measures, intervals) = Measure(decided, [.. decided.Select(outcome => outcome.Positive == true)], ct);
            all = all with { Accuracy = Of("accuracy", measures, intervals), Confusion = measures.Confusion };
        }

        return all;
    }

    /// <summary>Decisions by groups, attribute by attribute; each is held against its largest group. Rows without a decision are left out.</summary>
    /// <param name="favourableIsPositive">The decision for scores at or above the threshold is the one that is good for the person.</param>
    /// <param name="minimumRows">Smaller groups show no rates.</param>
    public static IReadOnlyList<GroupComparisonView> ByGroups(IReadOnlyCollection<Outcome> outcomes, bool favourableIsPositive, long minimumRows)
    {
        var decided = outcomes.Where(outcome => outcome.Positive is not null).ToList();
        bool[] favoured = [.. decided.Select(outcome => outcome.Positive == favourableIsPositive)], deserved = [.. decided.Select(outcome => outcome.Label == favourableIsPositive)];
        double[] scores = [.. decided.Select(outcome => outcome.Score ?? double.NaN)];
        return [.. decided.SelectMany(outcome => outcome.Groups.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Compare)];

        GroupComparisonView Compare(string column)
        {
            string?[] groups = [.. decided.Select(outcome => outcome.Groups.GetValueOrDefault(column))];
            var largest = groups.OfType<string>().CountBy(name => name, StringComparer.Ordinal).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).First().Key;
            return OutcomeMeasures.Groups(column, largest, minimumRows, groups, favoured, deserved, scores);
        }
    }

    private static (BinaryMeasures, IReadOnlyDictionary<string, IntervalView>) Measure(List<Outcome> outcomes, bool[]? decided, CancellationToken ct)
    {
        double[] scores = [.. outcomes.Select(outcome => outcome.Score ?? 0)], label = [.. outcomes.Select(outcome => outcome.Label ? 1.0 : 0)];
        var measures = OutcomeMeasures.Binary(scores, label, decided, ct);
        return (measures, OutcomeMeasures.Intervals(scores, label, measures.Confusion));
    }

    private static Figure Of(string name, BinaryMeasures measures, IReadOnlyDictionary<string, IntervalView> intervals) =>
        new(measures.Metrics[name], intervals.GetValueOrDefault(name)?.Low, intervals.GetValueOrDefault(name)?.High);
}
