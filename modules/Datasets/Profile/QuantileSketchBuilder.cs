using System.Runtime.InteropServices;
using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Profile;

/// <summary>Builds a <see cref="QuantileSketch"/> from values in any order.</summary>
internal sealed class QuantileSketchBuilder
{
    private readonly Dictionary<int, long> _positive = [], _negative = [];
    private Dictionary<double, long>? _exact = [];
    private long _count;
    private long _zeros;

    /// <param name="value">Finite.</param>
    /// <param name="count">How often it occurs.</param>
    public void Add(double value, long count)
    {
        AddToBins(value, count);
        if (_exact is null) { return; }

        CollectionsMarshal.GetValueRefOrAddDefault(_exact, value == 0 ? 0 : value, out _) += count;
        if (_exact.Count > QuantileSketch.MostExact) { _exact = null; }
    }

    public void AddToBins(double value, long count)
    {
        _count += count;
        if (value == 0) { _zeros += count; }
        else { CollectionsMarshal.GetValueRefOrAddDefault(value > 0 ? _positive : _negative, BinCounts.BinOf(Math.Abs(value)), out _) += count; }
    }

    public QuantileSketch Build()
    {
        if (_exact is null) { return Bins(); }

        var values = _exact.Keys.Order().ToArray();
        return new QuantileSketch(_count, values, [.. values.Select(value => _exact[value])]);
    }

    public QuantileSketch Bins() => new(_count, null, null, _zeros, BinCounts.Of(new(_positive)), BinCounts.Of(new(_negative)));
}
