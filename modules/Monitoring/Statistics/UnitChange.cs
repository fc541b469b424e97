using Slipway.Datasets.Ports;

namespace Slipway.Monitoring.Statistics;

/// <summary>Whether numbers look as if they came in another unit than the reference's: one conversion brings their deciles and, up to chance, their mean back.</summary>
internal static class UnitChange
{
    // Distances are in standard deviations of the reference.
    private const double Near = 0.1, Far = 0.5;

    private static readonly (double Factor, double Offset, string Words)[] Conversions =
    [
        .. from pair in ((double Factor, string Up, string Down)[])
            [
                (10, "multiplied by 10", "divided by 10"),
                (100, "multiplied by 100 (percent for shares, cents)", "divided by 100 (shares for percent)"),
                (1000, "multiplied by 1,000", "divided by 1,000 (thousands)"),
                (2.2046226, "pounds for kilograms", "kilograms for pounds"),
                (1.609344, "kilometres for miles", "miles for kilometres"),
                (3.785411784, "litres for US gallons", "US gallons for litres"),
                (18.018, "mg/dL for mmol/L of glucose", "mmol/L for mg/dL of glucose"),
                (88.42, "µmol/L for mg/dL of creatinine", "mg/dL for µmol/L of creatinine"),
            ]
           from each in ((double, double, string)[])[(pair.Factor, 0, pair.Up), (1 / pair.Factor, 0, pair.Down)]
           select each,
        (9.0 / 5, 32, "Fahrenheit for Celsius"), (5.0 / 9, -160.0 / 9, "Celsius for Fahrenheit"),
    ];

    /// <summary>The change in words; null when none explains the window.</summary>
    public static string? Find(NumberSketch reference, NumberSketch window)
    {
        if (reference.Moments.StandardDeviation is not > 0 || window.Moments.Count < 2) { return null; }

        if (Distance(reference, window, 1, 0) < Far) { return null; }

        var best = Conversions.MinBy(change => Distance(reference, window, change.Factor, change.Offset));
        return Distance(reference, window, best.Factor, best.Offset) <= Near && SameMean(reference.Moments, window.Moments, best.Factor, best.Offset) ? best.Words : null;
    }

    // Within two standard errors; and the nearer a factor is to 1, the more exactly it must be that one and not another.
    private static bool SameMean(Moments reference, Moments window, double factor, double offset)
    {
        var off = Math.Abs(((window.Mean - offset) / factor) - reference.Mean);
        return off <= 2 * Math.Sqrt((window.Variance!.Value / factor / factor / window.Count) + (reference.Variance!.Value / reference.Count))
            && (offset != 0 || off <= 0.05 * Math.Abs(Math.Log(factor) * reference.Mean));
    }

    /// <summary>Mean distance of the deciles once the change is undone.</summary>
    private static double Distance(NumberSketch reference, NumberSketch window, double factor, double offset) =>
        Enumerable.Range(1, 9).Average(i => Math.Abs(((window.Quantile(i / 10.0)!.Value - offset) / factor) - reference.Quantile(i / 10.0)!.Value)) / reference.Moments.StandardDeviation!.Value;
}
