using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Labels;
using Slipway.Monitoring.References;

namespace Slipway.Monitoring.Tests.Labels;

public sealed class OutcomeJudgeTests
{
    private static readonly MonitorSettings Settings = new(500, 3_600, 50, 0.05, 0.25, 0.001, [], 168, 50, 30, 0.8, new Dictionary<string, IReadOnlyList<string>>());

    [Fact]
    public void A_measure_without_an_interval_decides_nothing_and_the_next_one_does()
    {
        // One positive outcome: the area under the curve has a value, and no interval.
        var labels = Labels(100, at => at == 0 ? "yes" : "no");

        var alone = Judge(labels, ("roc_auc", 0.9));
        var next = Judge(labels, ("roc_auc", 0.9), ("log_loss", 0.1));
        var none = Judge(labels);

        Assert.NotNull(alone.Metrics[0].Value);
        Assert.Null(alone.Metrics[0].Low);
        Assert.Equal((MonitorVerdict.Unknown, "The 100 outcomes are too much alike for an interval of roc_auc, so nothing can be told from chance."), (alone.Performance.Verdict, alone.Performance.Detail));
        Assert.Equal(MonitorVerdict.No, next.Performance.Verdict);
        Assert.StartsWith("log_loss of 100 outcomes", next.Performance.Detail, StringComparison.Ordinal);
        Assert.Equal((MonitorVerdict.Unknown, "No measure is defined both here and in the version's evaluation."), (none.Performance.Verdict, none.Performance.Detail));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("true")]
    public void A_positive_outcome_counts_however_the_value_is_written(string written)
    {
        var judged = Judge(Labels(100, at => at % 2 == 0 ? written : "0"), ("roc_auc", 0.9));

        Assert.Equal(50, judged.Confusion!.TruePositive + judged.Confusion.FalseNegative);
    }

    private static PerformanceView Judge(List<JoinedLabel> labels, params (string Name, double Value)[] evaluated)
    {
        var positive = labels.Exists(label => label.Label == "yes") ? "yes" : "1";
        var data = new Reference(
            Reference.CurrentFormat, "payers", 1, 0, [], evaluated.ToDictionary(metric => metric.Name, metric => metric.Value), [], Label: new ReferenceLabel("late", positive, "deny", "grant", "grant"));
        return OutcomeJudge.Judge(new LabelSpan("default", "payers", 1, 0, 1_000, 1), labels, new LoadedReference(data, "", null), Settings, 1_000, default);
    }

    private static List<JoinedLabel> Labels(int count, Func<int, string> label) =>
        [.. Enumerable.Range(0, count).Select(at => new JoinedLabel($"p{at}", 1, at, at, at, label(at), new Dictionary<string, string>(), (at + 0.5) / count, 2 * at >= count ? "deny" : "grant"))];
}
