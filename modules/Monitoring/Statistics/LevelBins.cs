using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;

namespace Slipway.Monitoring.Statistics;

/// <summary>
/// Levels of a column. Rare ones (fewer than five cases expected on the smaller side, W. Cochran, Biometrics 10, 1954) are one level, <c>(other)</c>; values that the reference never had are
/// another, <c>(new)</c>, when the reference lists all of its own.
/// </summary>
internal static class LevelBins
{
    public const string Other = "(other)", New = "(new)";
    private const double LeastExpected = 5;
    private const int MostNumbers = 10;

    // A summary with slack surely lists what has 1/257 of the rows.
    private const double SureShare = 0.02;

    /// <summary>Whether a column is compared level by level: text and truth values, and numbers of which the reference has at most ten different ones.</summary>
    public static bool Fit(ColumnSketch reference) => !ColumnSketchBuilder.IsNumeric(reference.Kind) || (reference.Top.IsComplete && reference.DistinctCount is > 0 and <= MostNumbers);

    public static IReadOnlyList<CountedBin> Of(ColumnSketch reference, ColumnSketch window)
    {
        var (then, now) = (Counts(reference), Counts(window));
        double n = Present(reference), m = Present(window);
        var sure = reference.Top.IsComplete && window.Top.IsComplete ? 0 : SureShare * n;
        var levels = then.Where(level => level.Value >= sure).Select(level => new CountedBin(level.Key, null, level.Value, now.GetValueOrDefault(level.Key))).ToList();
        var kept = levels.Where(level => (level.Reference + level.Window) * Math.Min(n, m) / Math.Max(1, n + m) >= LeastExpected).ToList();

        // What is listed with slack may be counted too high, so the rest is at least 0.
        var isNew = reference.Top.IsComplete ? Math.Max(0, (long)m - now.Where(level => then.ContainsKey(level.Key)).Sum(level => level.Value)) : 0;
        var rare = new CountedBin(Other, null, Math.Max(0, (long)n - kept.Sum(level => level.Reference)), Math.Max(0, (long)m - isNew - kept.Sum(level => level.Window)));
        return
        [
            .. Sorted(reference.Kind, kept),
            .. rare.Reference + rare.Window > 0 ? [rare] : Array.Empty<CountedBin>(),
            .. isNew > 0 ? [new CountedBin(New, null, 0, isNew)] : Array.Empty<CountedBin>(),
        ];
    }

    /// <summary>For the test: a level for which less than one case is expected on the smaller side is added to the smallest other one.</summary>
    public static IReadOnlyList<CountedBin> Testable(IReadOnlyList<CountedBin> levels)
    {
        double n = levels.Sum(level => level.Reference), m = levels.Sum(level => level.Window);
        var small = levels.Where(level => (level.Reference + level.Window) * Math.Min(n, m) / (n + m) < 1).ToList();
        var large = levels.Except(small).OrderBy(level => level.Reference + level.Window).ToList();
        return small.Count == 0 || large.Count == 0 ? levels
            : [large[0] with { Reference = large[0].Reference + small.Sum(level => level.Reference), Window = large[0].Window + small.Sum(level => level.Window) }, .. large.Skip(1)];
    }

    private static long Present(ColumnSketch column) => column.Count - Absent.Of(column);

    private static Dictionary<string, long> Counts(ColumnSketch column) => column.Top.Items.Where(item => column.Numbers is null || double.IsFinite(Number(item.Value) ?? 0))
        .ToDictionary(item => item.Value, item => item.Count + column.Top.Slack, StringComparer.Ordinal);

    // Numbers by size, all else as it came: most frequent first.
    private static IEnumerable<CountedBin> Sorted(ColumnKind kind, List<CountedBin> levels) => kind is ColumnKind.Number or ColumnKind.Integer ? levels.OrderBy(level => Number(level.Label)) : levels;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
