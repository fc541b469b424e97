using System.Runtime.InteropServices;
using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Profile;

/// <summary>Finds the most frequent values of a stream with counters for some thousand of them; what it gives up is in <see cref="TopValues.Slack"/>.</summary>
/// <typeparam name="T">Of the values.</typeparam>
/// <param name="comparer">Null for the type's own.</param>
internal sealed class FrequentValues<T>(IEqualityComparer<T>? comparer)
    where T : notnull
{
    private const int Room = 4_096;

    private readonly Dictionary<T, long> _counts = new(comparer);
    private long _slack;

    public void Add(T value, long count)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _) += count;
        if (_counts.Count > Room) { Cut(); }
    }

    public TopValues Build(Func<T, string> text) => TopValues.Of(_counts.Select(entry => new TopValue(text(entry.Key), entry.Value)), _slack);

    // The same step as TopValues.Of: the count of the first one too many is taken from all.
    private void Cut()
    {
        var sorted = _counts.Values.ToArray();
        Array.Sort(sorted);
        var cut = sorted[^(TopValues.Most + 1)];
        var kept = _counts.Where(entry => entry.Value > cut).ToList();
        _slack += cut;
        _counts.Clear();
        foreach (var (value, count) in kept) { _counts[value] = count - cut; }
    }
}
