using System.Runtime.InteropServices;


namespace Slipway.Tracking.Metrics;

/// <summary>
/// Fewer points that draw the same line. Per bucket of equal width in steps it keeps the first, the least, the greatest and the last point: M4
/// (Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014, section 3), which is free of error
/// for a line chart of that width, so that no spike is lost.
/// </summary>
internal static class DownSampling
{
    /// <param name="points">By step, then time.</param>
    /// <param name="most">At least 4.</param>
    /// <returns>At most <paramref name="most"/> of the points, in their order; all of them when they are few enough. NaN is kept where a bucket begins or ends with it.</returns>
    public static List<MetricPoint> M4(List<MetricPoint> points, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 4);
        if (points.Count <= most) { return points; }

        var buckets = most / 4;
        var (from, to) = (points[0].Step, points[^1].Step);
        // Doubles carry the width: a range of steps can be wider than a long.
        var width = (((double)to - from) / buckets) + double.Epsilon;
        var kept = new List<MetricPoint>(most);
        var all = CollectionsMarshal.AsSpan(points);
        for (var start = 0; start < all.Length;)
        {
            var bucket = Bucket(all[start].Step);
            var end = start + 1;
            while (end < all.Length && Bucket(all[end].Step) == bucket) { end++; }

            Keep(all[start..end], kept);
            start = end;
        }

        return kept;

        int Bucket(long step) => Math.Min(buckets - 1, (int)(((double)step - from) / width));
    }

    private static void Keep(ReadOnlySpan<MetricPoint> bucket, List<MetricPoint> kept)
    {
        int least = 0, greatest = 0;
        for (var i = 1; i < bucket.Length; i++)
        {
            if (bucket[i].Value < bucket[least].Value || double.IsNaN(bucket[least].Value)) { least = i; }

            if (bucket[i].Value > bucket[greatest].Value || double.IsNaN(bucket[greatest].Value)) { greatest = i; }
        }

        Span<int> chosen = [0, Math.Min(least, greatest), Math.Max(least, greatest), bucket.Length - 1];
        var last = -1;
        foreach (var i in chosen)
        {
            if (i == last) { continue; }

            kept.Add(bucket[i]);
            last = i;
        }
    }
}
