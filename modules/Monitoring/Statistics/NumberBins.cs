using System.Globalization;
using Slipway.Datasets.Ports;

namespace Slipway.Monitoring.Statistics;

/// <summary>Finite numbers in the bins of the reference's deciles; the outer ones are open.</summary>
internal static class NumberBins
{
    private const int Bins = 10;

    /// <summary>Empty when the reference has no finite values.</summary>
    public static IReadOnlyList<CountedBin> Of(NumberSketch reference, NumberSketch window)
    {
        if (reference.Histograms?.FirstOrDefault(histogram => histogram.Bins == Bins) is not { } then) { return []; }

        var now = window.Histograms?.FirstOrDefault(histogram => histogram.Bins == Bins && histogram.Edges.AsSpan().SequenceEqual(then.Edges)) ?? Recount(then, window.Quantiles);
        return Of(then.Edges, then.Counts, now.Counts);
    }

    /// <param name="edges">Inner edges, ascending.</param>
    /// <param name="reference">Shape [edges + 1].</param>
    /// <param name="window">The same.</param>
    public static IReadOnlyList<CountedBin> Of(IReadOnlyList<double> edges, IReadOnlyList<long> reference, IReadOnlyList<long> window) =>
        [.. reference.Select((count, i) => new CountedBin(Label(edges, i), i < edges.Count ? edges[i] : null, count, window[i]))];

    // Values of a sketch without these edges: exact while it keeps its values, otherwise within its half percent.
    private static QuantileHistogram Recount(QuantileHistogram bins, QuantileSketch values)
    {
        var counted = bins.Emptied();
        foreach (var (upTo, count) in values.Ascending()) { counted.Counts[counted.Find(upTo)] += count; }

        return counted;
    }

    private static string Label(IReadOnlyList<double> edges, int i) => edges.Count == 0 ? "all"
        : i == edges.Count ? $"> {Short(edges[^1])}"
        : i == 0 ? $"≤ {Short(edges[0])}"
        : $"{Short(edges[i - 1])} to {Short(edges[i])}";

    private static string Short(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
