using System.Runtime.InteropServices;

namespace Slipway.Datasets.Profile;

/// <summary>Counts equal values until there are many different ones: what costs more than counting is then done once per different value.</summary>
/// <typeparam name="T">Of the values.</typeparam>
/// <param name="comparer">Null for the type's own.</param>
internal sealed class ValueBatch<T>(IEqualityComparer<T>? comparer)
    where T : notnull
{
    private const int MostValues = 4_096;
    private const int MostChars = 1 << 18;

    private readonly Dictionary<T, long> _counts = new(comparer);
    private long _chars;

    public IReadOnlyDictionary<T, long> Counts => _counts;

    /// <param name="value">One value more.</param>
    /// <param name="chars">Its length, for values that take more room when longer.</param>
    /// <returns>Whether the batch is full.</returns>
    public bool Add(T value, int chars)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out var known)++;
        return !known && ((_chars += chars) >= MostChars || _counts.Count >= MostValues);
    }

    public void Clear()
    {
        _counts.Clear();
        _chars = 0;
    }
}
