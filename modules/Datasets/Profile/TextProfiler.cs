using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Profile;

/// <summary>Takes texts with their counts.</summary>
internal sealed class TextProfiler
{
    private readonly MomentsBuilder _lengths = new();
    private long _empty;
    private int? _shortest, _longest;
    private string? _min, _max;

    public void Add(string text, long count)
    {
        var length = text.Length - text.Count(char.IsLowSurrogate);
        if (length == 0) { _empty += count; }

        _shortest = _shortest < length ? _shortest : length;
        _longest = _longest > length ? _longest : length;
        if (_min is null || string.CompareOrdinal(text, _min) < 0) { _min = text; }

        if (_max is null || string.CompareOrdinal(text, _max) > 0) { _max = text; }

        _lengths.Add(length, count);
    }

    public TextSketch Build() => new(_empty, _lengths.Build(), _shortest, _longest, TopValue.Beginning(_min), TopValue.Beginning(_max));
}
