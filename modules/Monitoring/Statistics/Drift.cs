using Slipway.Datasets.Ports;
using Slipway.Training.Ports;

namespace Slipway.Monitoring.Statistics;

/// <summary>
/// Whether a window's columns are still distributed as the reference's. A column has drifted when the difference is real (p adjusted over all columns) and large enough to matter (index above its
/// maximum and above what chance explains): neither alone is enough, because a tiny difference is real in a large window, and a large one is chance in a small window.
/// </summary>
internal static class Drift
{
    private const string Missing = "(missing)";

    /// <summary>Greatest contribution first.</summary>
    public static IReadOnlyList<ColumnDrift> Compare(IReadOnlyList<(ColumnSketch Reference, ColumnSketch Window)> columns, DriftSettings settings)
    {
        var all = columns.Select(pair => Compare(pair.Reference, pair.Window, settings)).ToList();
        var enough = all.Where(column => column.Enough).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. enough.Select(column => column.PValue)]);
        var sum = all.Sum(column => column.PsiExcess);
        return
        [
            .. enough.Select((column, i) => Judge(column with { AdjustedP = adjusted[i] }, settings)).Concat(all.Except(enough))
                .Select(column => column with { Contribution = sum > 0 ? column.PsiExcess / sum : 0 })
                .OrderByDescending(column => column.Contribution).ThenBy(column => column.Feature, StringComparer.Ordinal),
        ];
    }

    /// <summary>For values that were counted in bins, such as scores in the bins of an evaluation.</summary>
    /// <param name="edges">Inner edges, ascending.</param>
    /// <param name="reference">Shape [edges + 1].</param>
    /// <param name="window">The same.</param>
    public static ColumnDrift CompareBins(string name, IReadOnlyList<double> edges, IReadOnlyList<long> reference, IReadOnlyList<long> window, DriftSettings settings)
    {
        var bins = NumberBins.Of(edges, reference, window);
        var test = CountedBin.Test(LevelBins.Testable(bins));
        var drift = Of(name, "chi2", bins, test.Statistic, [test.PValue], reference.Sum(), window.Sum(), settings) with { Contribution = 1 };
        return drift.Enough ? Judge(drift, settings) : drift;
    }

    private static ColumnDrift Compare(ColumnSketch reference, ColumnSketch window, DriftSettings settings)
    {
        var tests = new List<double>();
        var (missingThen, missingNow) = (Absent.Of(reference), Absent.Of(window));
        if (missingThen + missingNow > 0) { tests.Add(Proportions.FisherExact(missingNow, window.Count - missingNow, missingThen, reference.Count - missingThen)); }

        var (test, bins, statistic) = LevelBins.Fit(reference) || reference.Numbers is null || window.Numbers is null ? Levels(reference, window, tests) : Numbers(reference, window, tests);
        if (missingThen + missingNow > 0) { bins = [.. bins, new CountedBin(Missing, null, missingThen, missingNow)]; }

        var drift = Of(reference.Name, test, bins, statistic, tests, reference.Count, window.Count, settings) with { MissingThen = Absent.Share(reference), MissingNow = Absent.Share(window) };
        return reference.Numbers is { Moments: { Count: > 0 } then } && window.Numbers is { Moments: { Count: > 0 } now }
            ? drift with { MeanThen = then.Mean, MeanNow = now.Mean, OutsideNow = Outside(reference.Numbers, window.Numbers), UnitHint = test == "ks" ? UnitChange.Find(reference.Numbers, window.Numbers) : null }
            : drift;
    }

    private static (string, IReadOnlyList<CountedBin>, double) Levels(ColumnSketch reference, ColumnSketch window, List<double> tests)
    {
        var bins = LevelBins.Of(reference, window);
        var known = bins.Where(bin => bin.Label != LevelBins.New).ToList();
        var test = CountedBin.Test(LevelBins.Testable(known));
        tests.Add(test.PValue);

        // Where values that occurred once are usual, so are new ones.
        if (bins.FirstOrDefault(bin => bin.Label == LevelBins.New) is { } isNew && reference.Top.Items.All(item => item.Count > 1))
        {
            tests.Add(Proportions.FisherExact(isNew.Window, known.Sum(bin => bin.Window), 0, known.Sum(bin => bin.Reference)));
        }

        return ("chi2", bins, test.Statistic);
    }

    private static (string, IReadOnlyList<CountedBin>, double) Numbers(ColumnSketch reference, ColumnSketch window, List<double> tests)
    {
        var (then, now) = (reference.Numbers!, window.Numbers!);
        var distance = KolmogorovSmirnov.Distance(then.Quantiles, now.Quantiles);
        tests.Add(KolmogorovSmirnov.P(distance, then.Quantiles.Count, now.Quantiles.Count));
        return ("ks", NumberBins.Of(then, now), distance);
    }

    private static ColumnDrift Of(string name, string test, IReadOnlyList<CountedBin> bins, double statistic, List<double> tests, long referenceRows, long windowRows, DriftSettings settings)
    {
        var stability = CountedBin.Stability(bins, settings.Alpha);
        return new ColumnDrift(name, test, stability.Value, stability.Cut, statistic, MultipleTesting.Combine(tests), CountedBin.Shares(bins), referenceRows, windowRows)
        {
            PsiExcess = Math.Max(0, stability.Value - stability.Expected),
            Enough = Math.Min(referenceRows, windowRows) >= Math.Max(1, settings.MinimumRows),
        };
    }

    private static double Outside(NumberSketch reference, NumberSketch window) =>
        (double)window.Quantiles.Ascending().Where(step => step.UpTo < reference.Min || step.UpTo > reference.Max).Sum(step => step.Count) / window.Moments.Count;

    private static ColumnDrift Judge(ColumnDrift column, DriftSettings settings) => column with { Real = column.AdjustedP <= settings.Alpha, Large = column.Psi > Math.Max(settings.MaximumPsi, column.PsiCut) };
}
