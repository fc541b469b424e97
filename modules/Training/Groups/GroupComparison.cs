using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Ports;

namespace Slipway.Training.Groups;

/// <summary>Who is compared, and what is good for them.</summary>
/// <param name="Reference">The group that the others are held against.</param>
/// <param name="MinimumRows">Smaller groups show no rates.</param>
internal sealed record GroupRule(string Column, string Reference, long MinimumRows);

/// <summary>Decisions by groups of one column. Everything stands for the favourable decision; "positive" means that here.</summary>
internal static class GroupComparison
{
    /// <param name="favoured">Per row: the decision is the favourable one.</param>
    /// <param name="deserved">Per row: the outcome in the data is the favourable one.</param>
    public static GroupComparisonView Of(GroupRule rule, Column column, bool[] favoured, bool[] deserved, double[] scores)
    {
        var counts = Enumerable.Range(0, column.Rows).GroupBy(row => column.TextAt(row) ?? "(missing)", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Counts.Of(group.Key, [.. group], favoured, deserved, scores)).ToList();
        List<Counts> large = [.. counts.Where(group => group.Rows >= rule.MinimumRows)];
        var reference = large.Find(group => group.Name == rule.Reference);
        List<ContrastView> contrasts = reference is null ? [] : [.. large.Where(group => group != reference).Select(group => Contrast(group, reference))];
        var comparison = new GroupComparisonView(rule.Column, rule.Reference, rule.MinimumRows, [.. counts.Select(group => group.ToView(rule.MinimumRows))], contrasts);
        if (large.Count < 2) { return comparison; }

        var (selected, hits, alarms) = (Span(large.Select(group => group.SelectionRate)), Span(large.Select(group => group.TruePositiveRate)), Span(large.Select(group => group.FalsePositiveRate)));
        return comparison with
        {
            ParityDifference = selected?.Difference,
            ParityRatio = selected?.Ratio,
            OddsDifference = hits is { } hit && alarms is { } alarm ? Math.Max(hit.Difference, alarm.Difference) : null,
            OddsRatio = hits?.Ratio is { } hitRatio && alarms?.Ratio is { } alarmRatio ? Math.Min(hitRatio, alarmRatio) : null,
        };
    }

    private static ContrastView Contrast(Counts group, Counts reference) => new(
        group.Name, reference.Name,
        Proportions.Compare(group.Selected, group.Rows, reference.Selected, reference.Rows),
        Proportions.Compare(group.Deserving, group.Rows, reference.Deserving, reference.Rows),
        group.TruePositiveRate - reference.TruePositiveRate,
        group.FalsePositiveRate - reference.FalsePositiveRate,
        group.Precision - reference.Precision,
        ((group.TruePositiveRate - reference.TruePositiveRate) + (group.FalsePositiveRate - reference.FalsePositiveRate)) / 2);

    /// <summary>Greatest less least, and least over greatest; null when a group has no such rate.</summary>
    private static (double Difference, double? Ratio)? Span(IEnumerable<double?> rates)
    {
        double?[] all = [.. rates];
        if (all.Any(rate => rate is null)) { return null; }

        var (least, greatest) = (all.Min()!.Value, all.Max()!.Value);
        return (greatest - least, greatest == 0 ? null : least / greatest);
    }

    private sealed record Counts(string Name, long Rows, long Selected, long Deserving, long Both, double MeanScore)
    {
        public double? SelectionRate => (double)Selected / Rows;

        public double? TruePositiveRate => Share(Both, Deserving);

        public double? FalsePositiveRate => Share(Selected - Both, Rows - Deserving);

        public double? Precision => Share(Both, Selected);

        public static Counts Of(string name, int[] rows, bool[] favoured, bool[] deserved, double[] scores) => new(
            name, rows.Length, rows.LongCount(row => favoured[row]), rows.LongCount(row => deserved[row]),
            rows.LongCount(row => favoured[row] && deserved[row]), rows.Average(row => scores[row]));

        public GroupView ToView(long minimumRows) => Rows < minimumRows ? new GroupView(Name, Rows, true) : new GroupView(
            Name, Rows, false, Selected, SelectionRate, Proportions.ClopperPearson(Selected, Rows), (double)Deserving / Rows, Proportions.ClopperPearson(Deserving, Rows),
            TruePositiveRate, FalsePositiveRate, Precision, (double)(Rows - Selected - Deserving + (2 * Both)) / Rows, MeanScore);

        private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
    }
}
