using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Datasets.Profile;

namespace Slipway.Datasets.Ports;

/// <summary>
/// How many different values there are, by HyperLogLog with 2¹² registers (P. Flajolet et al., "HyperLogLog", AofA 2007), read by the estimator of O. Ertl, "New cardinality estimation
/// algorithms for HyperLogLog sketches", arXiv 1702.01284 (2017), algorithm 6, which has no bias for few values. The standard error is 1.04 / √4096 = 1.6 %.
/// </summary>
[JsonConverter(typeof(DistinctSketchJson))]
public sealed class DistinctSketch
{
    internal const int Precision = 12;
    internal const int Count = 1 << Precision;
    private const int MostRank = 64 - Precision + 1;

    private readonly byte[] _registers;

    internal DistinctSketch()
        : this(new byte[Count])
    {
    }

    private DistinctSketch(byte[] registers) => _registers = registers;

    internal void Add(ulong hash)
    {
        ref var register = ref _registers[hash >> (64 - Precision)];
        // Place of the first 1 in the remaining bits; the guard bit bounds it.
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << Precision) | (1UL << (Precision - 1))) + 1);
        register = Math.Max(register, rank);
    }

    /// <summary>How many different values, rounded.</summary>
    public long Estimate()
    {
        var counts = new int[MostRank + 1];
        foreach (var register in _registers) { counts[register]++; }

        var sum = Count * Tau(1 - ((double)counts[MostRank] / Count));
        for (var rank = MostRank - 1; rank >= 1; rank--) { sum = 0.5 * (sum + counts[rank]); }

        sum += Count * Sigma((double)counts[0] / Count);
        return (long)Math.Round(Count * (double)Count / (2 * Math.Log(2) * sum));
    }

    internal DistinctSketch Copy() => new([.. _registers]);

    /// <summary>Exactly the sketch of both sets of values together.</summary>
    public DistinctSketch Merge(DistinctSketch other) => new([.. _registers.Zip(other._registers, Math.Max)]);

    /// <summary>The registers, or for few of them three bytes each: place (little-endian) and content.</summary>
    internal byte[] ToBytes()
    {
        var used = Enumerable.Range(0, Count).Where(i => _registers[i] != 0).ToList();
        return used.Count * 3 >= Count ? _registers : [.. used.SelectMany(i => (byte[])[(byte)i, (byte)(i >> 8), _registers[i]])];
    }

    /// <exception cref="JsonException">They are no sketch.</exception>
    internal static DistinctSketch Parse(byte[] bytes)
    {
        if (bytes.Length == Count) { return new DistinctSketch([.. bytes.Select(Rank)]); }

        var sketch = new DistinctSketch();
        if (bytes.Length > Count || bytes.Length % 3 != 0) { throw new JsonException($"{bytes.Length} bytes are no sketch of distinct values."); }

        for (var at = 0; at < bytes.Length; at += 3)
        {
            var place = bytes[at] | (bytes[at + 1] << 8);
            if (place >= Count) { throw new JsonException($"A sketch of distinct values has no register {place}."); }

            sketch._registers[place] = Rank(bytes[at + 2]);
        }

        return sketch;
    }

    private static byte Rank(byte register) => register <= MostRank ? register : throw new JsonException($"A register of distinct values is at most {MostRank}, not {register}.");

    // Infinite, and so an estimate of zero, when no register is used.
    private static double Sigma(double share)
    {
        if (share == 1) { return double.PositiveInfinity; }

        var (sum, before, factor) = (share, -1.0, 1.0);
        while (sum != before)
        {
            share *= share;
            before = sum;
            sum += share * factor;
            factor += factor;
        }

        return sum;
    }

    private static double Tau(double share)
    {
        if (share is 0 or 1) { return 0; }

        var (sum, before, factor) = (1 - share, -1.0, 1.0);
        while (sum != before)
        {
            share = Math.Sqrt(share);
            before = sum;
            factor *= 0.5;
            sum -= (1 - share) * (1 - share) * factor;
        }

        return sum / 3;
    }
}
