using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Profile;

/// <summary>Takes numbers with their counts, in any order.</summary>
/// <param name="reference">Whose edges the histograms have; null for those of these values.</param>
internal sealed class NumberProfiler(NumberSketch? reference)
{
    private readonly QuantileSketchBuilder _quantiles = new();
    private readonly MomentsBuilder _moments = new();
    private readonly List<QuantileHistogram>? _given = reference?.Histograms is { Count: > 0 } histograms ? [.. histograms.Select(histogram => histogram.Emptied())] : null;
    private long _nans, _positiveInfinite, _negativeInfinite, _zeros, _negatives;
    private double? _min, _max;

    public void Add(double value, long count)
    {
        if (!double.IsFinite(value))
        {
            if (double.IsNaN(value)) { _nans += count; }
            else if (value > 0) { _positiveInfinite += count; }
            else { _negativeInfinite += count; }

            return;
        }

        if (value == 0) { _zeros += count; }

        if (value < 0) { _negatives += count; }

        _min = _min < value ? _min : value;
        _max = _max > value ? _max : value;
        _moments.Add(value, count);
        _quantiles.Add(value, count);
        _given?.ForEach(histogram => histogram.Counts[histogram.Find(value)] += count);
    }

    public NumberSketch Build()
    {
        var quantiles = _quantiles.Build();
        return new NumberSketch(_nans, _positiveInfinite, _negativeInfinite, _zeros, _negatives, _moments.Build(), quantiles, _min, _max, _given is null ? Own(quantiles) : [.. _given.Select(histogram => histogram with { Counts = [.. histogram.Counts] })]);
    }

    // Edges of bins are edges of the sketch, so the counts are exact.
    private static IReadOnlyList<QuantileHistogram> Own(QuantileSketch quantiles)
    {
        if (quantiles.Count == 0) { return []; }

        var edges = new QuantileEdges(quantiles.Count);
        foreach (var (upTo, count) in quantiles.Ascending()) { edges.Add(upTo, count); }

        return edges.Build();
    }
}
