using System.Runtime.InteropServices;

namespace Slipway.Tracking.Metrics;

/// <summary>What one request logged to one run: per key its surrogate, the length of its points, its points (<see cref="PointCodec"/>).</summary>
internal static class TailCodec
{
    private const int MostPerKey = 20;

    public static byte[] Encode(IReadOnlyList<MetricSeries> series)
    {
        var blocks = new byte[series.Count][];
        var size = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = PointCodec.Encode(CollectionsMarshal.AsSpan(series[i].Points));
            size += blocks[i].Length + MostPerKey;
        }

        var bytes = new byte[size];
        var at = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            at = Varint.Write(bytes, at, (ulong)series[i].KeyId);
            at = Varint.Write(bytes, at, (ulong)blocks[i].Length);
            blocks[i].CopyTo(bytes, at);
            at += blocks[i].Length;
        }

        return bytes.AsSpan(0, at).ToArray();
    }

    /// <summary>Adds the points of every key to its list, or, with <paramref name="onlyKey"/>, of that key alone.</summary>
    /// <exception cref="FormatException">The bytes were not written by <see cref="Encode"/>.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, Dictionary<long, List<MetricPoint>> into, long? onlyKey = null)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var key = (long)Varint.Read(bytes, ref at);
            var length = Varint.Read(bytes, ref at);
            if (length > (ulong)(bytes.Length - at)) { throw PointCodec.Damaged("a tail ends inside a key"); }

            var block = bytes.Slice(at, (int)length);
            at += (int)length;
            if (onlyKey is { } only && only != key) { continue; }

            if (!into.TryGetValue(key, out var points)) { into[key] = points = []; }

            PointCodec.Decode(block, points);
        }
    }
}

/// <summary>Points of one key in one request.</summary>
internal readonly record struct MetricSeries(long KeyId, List<MetricPoint> Points);
