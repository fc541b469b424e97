using System.Globalization;
using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Scores;

namespace Slipway.Training.Findings;

/// <summary>
/// Finds features that explain too much alone: often something that is known only after the outcome, or because of it. A column of more than 20 distinct numbers is
/// looked at in ten groups of equally many rows, any other by its values. One of these is enough:
/// a ranking by the column alone with AUC ≥ 0.95; groups that take away at least half of the deviance (of a numeric label: 90 % of the variance); one group of at
/// least 10 rows in which an outcome that is the rarer one overall has at least ten times the odds it has in the other rows, at the lower end of the 95 % interval
/// (Woolf's, ½ added to each count).
/// </summary>
internal static class SingleFeature
{
    public const double MostAuc = 0.95;
    public const double MostDeviance = 0.5;
    public const double MostVariance = 0.9;
    public const double MostOdds = 10;
    public const int LeastRows = 10;
    private const int DistinctNumbers = 20;
    private const int Groups = 10;

    /// <param name="label">1 or 0, or the number that is predicted.</param>
    public static IReadOnlyList<FindingView> Find(IEnumerable<Column> columns, double[] label, bool binary, string rows) =>
        [.. columns.Select(column => binary ? Binary(column, label, rows) : Numeric(column, label, rows)).OfType<FindingView>()];

    private static FindingView? Binary(Column column, double[] label, string rows)
    {
        var groups = GroupsOf(column);
        var auc = column.Type == ColumnType.Number && Ranking.Of(column.Numbers, label) is { } ranking ? Math.Max(ranking.RocAuc, 1 - ranking.RocAuc) : 0.5;
        var explained = DevianceShare(groups, label);
        var (name, odds, share, count) = Strongest(groups, label);
        var why = auc >= MostAuc ? string.Create(CultureInfo.InvariantCulture, $"alone it ranks the outcomes with AUC {auc:0.000} (from {MostAuc} on suspicious)")
            : explained >= MostDeviance ? string.Create(CultureInfo.InvariantCulture, $"alone it takes away {explained:0.0 %} of the deviance (from {MostDeviance:0 %} on suspicious)")
            : odds >= MostOdds ? string.Create(CultureInfo.InvariantCulture, $"where it is {name}, {share:0.0 %} of {count} rows have the rarer outcome: at least {odds:0} times the odds of the other rows (from {MostOdds} on suspicious)")
            : null;
        return why is null ? null : Finding(column.Name, why, rows, new() { ["auc"] = auc, ["deviance_share"] = explained, ["least_odds_ratio"] = odds, ["rate"] = share, ["rows"] = count });
    }

    private static FindingView? Numeric(Column column, double[] label, string rows)
    {
        var mean = label.Average();
        var spread = label.Sum(value => (value - mean) * (value - mean));
        var between = GroupsOf(column).Sum(group => group.Rows.Count * Math.Pow(group.Rows.Average(row => label[row]) - mean, 2));
        var explained = spread == 0 ? 0 : between / spread;
        return explained < MostVariance ? null : Finding(
            column.Name, string.Create(CultureInfo.InvariantCulture, $"alone it explains {explained:0.0 %} of the variance (from {MostVariance:0 %} on suspicious)"), rows, new() { ["variance_share"] = explained });
    }

    private static FindingView Finding(string column, string why, string rows, Dictionary<string, double> values) => new(
        "single_feature", "warning", column, $"Feature '{column}' explains too much ({rows}): {why}. Make sure that it is known before the outcome is.", values);

    private static double DevianceShare(List<(string Name, List<int> Rows)> groups, double[] label)
    {
        var none = Deviance(label.Sum(), label.Length);
        return none == 0 ? 0 : 1 - (groups.Sum(group => Deviance(group.Rows.Sum(row => label[row]), group.Rows.Count)) / none);
    }

    private static double Deviance(double hits, double rows) => hits == 0 || hits == rows ? 0 : -2 * ((hits * Math.Log(hits / rows)) + ((rows - hits) * Math.Log((rows - hits) / rows)));

    /// <summary>The group whose odds of the rarer outcome stand out most.</summary>
    private static (string Name, double Odds, double Share, int Rows) Strongest(List<(string Name, List<int> Rows)> groups, double[] label)
    {
        var rarer = label.Sum() * 2 <= label.Length ? 1 : 0;
        var all = label.Count(value => value == rarer);
        var best = ("", 0.0, 0.0, 0);
        foreach (var (name, rows) in groups.Where(group => group.Rows.Count >= LeastRows && group.Rows.Count < label.Length))
        {
            var hits = rows.Count(row => label[row] == rarer);
            var (a, b) = (hits + 0.5, rows.Count - hits + 0.5);
            var (c, d) = (all - hits + 0.5, label.Length - rows.Count - (all - hits) + 0.5);
            var odds = a * d / (b * c) * Math.Exp(-Fitting.Tails.NormalQuantile * Math.Sqrt((1 / a) + (1 / b) + (1 / c) + (1 / d)));
            if (odds > best.Item2) { best = (name, odds, (double)hits / rows.Count, rows.Count); }
        }

        return best;
    }

    private static List<(string Name, List<int> Rows)> GroupsOf(Column column)
    {
        var values = Enumerable.Range(0, column.Rows).GroupBy(row => column.TextAt(row) ?? "(missing)", StringComparer.Ordinal);
        if (column.Type != ColumnType.Number || column.Numbers.Distinct().Take(DistinctNumbers + 1).Count() <= DistinctNumbers)
        {
            return [.. values.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => ($"'{group.Key}'", group.ToList()))];
        }

        // Equal values stay together: a row's group is that of the first row of its value.
        var sorted = Enumerable.Range(0, column.Rows).OrderBy(row => column.Numbers[row]).ToList();
        var groups = new SortedDictionary<int, List<int>>();
        for (var (place, first) = (0, 0); place < sorted.Count; place++)
        {
            if (column.Numbers[sorted[place]] != column.Numbers[sorted[first]]) { first = place; }

            var group = (int)((long)first * Groups / sorted.Count);
            if (!groups.TryGetValue(group, out var rows)) { groups[group] = rows = []; }

            rows.Add(sorted[place]);
        }

        return [.. groups.Values.Select(rows => (string.Create(CultureInfo.InvariantCulture, $"from {column.Numbers[rows[0]]} to {column.Numbers[rows[^1]]}"), rows))];
    }
}
