using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Profile;

/// <summary>Builds the histograms of a reference from its own values in ascending order, in one pass: an edge is the smallest value with at least i/bins of the values up to it.</summary>
/// <param name="total">How many finite values will come.</param>
internal sealed class QuantileEdges(long total)
{
    private readonly List<double>[] _edges = [.. QuantileHistogram.Sizes.Select(_ => new List<double>())];
    private readonly List<long>[] _upTo = [.. QuantileHistogram.Sizes.Select(_ => new List<long>())];
    private long _passed;

    public void Add(double value, long count)
    {
        var before = _passed;
        _passed += count;
        for (var size = 0; size < _edges.Length; size++)
        {
            var bins = QuantileHistogram.Sizes[size];
            // A value that reaches the end bounds nothing: the last bin is open.
            if (_passed < total && Steps(before, bins) < Steps(_passed, bins))
            {
                _edges[size].Add(value == 0 ? 0 : value);
                _upTo[size].Add(_passed);
            }
        }
    }

    public IReadOnlyList<QuantileHistogram> Build() =>
        [.. QuantileHistogram.Sizes.Select((bins, size) => new QuantileHistogram(bins, [.. _edges[size]], [.. _upTo[size].Append(_passed).Zip(_upTo[size].Prepend(0), (to, from) => to - from)]))];

    // How many of the shares 1/bins, 2/bins, … so many values reach.
    private long Steps(long passed, int bins) => (long)((Int128)passed * bins / total);
}
