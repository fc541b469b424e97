namespace Slipway.Tracking.Metrics;

/// <summary>Points of several runs at the same steps, so that their charts can be compared.</summary>
internal static class StepSampling
{
    /// <summary>
    /// Every point whose step lies in the range and is one of at most <paramref name="most"/> distinct steps, taken evenly over all runs; the first and last step
    /// of each run are always among them.
    /// </summary>
    /// <returns>By run in the order given, then by step and time.</returns>
    public static List<(string RunId, MetricPoint Point)> Even(IReadOnlyList<(string RunId, List<MetricPoint> Points)> series, long from, long to, int most)
    {
        var inRange = series.Select(run => (run.RunId, Points: run.Points.Where(point => point.Step >= from && point.Step <= to).OrderBy(point => point.Step).ToList())).ToList();
        long[] steps = [.. inRange.SelectMany(run => run.Points.Select(point => point.Step)).Distinct().Order()];
        var kept = new HashSet<long>();
        var shown = Math.Min(most, steps.Length);
        for (var i = 0; i < shown; i++) { kept.Add(steps[(int)((long)i * steps.Length / shown)]); }

        if (steps.Length > 0) { kept.Add(steps[^1]); }

        foreach (var (_, points) in inRange)
        {
            if (points.Count == 0) { continue; }

            kept.Add(points[0].Step);
            kept.Add(points[^1].Step);
        }

        return [.. inRange.SelectMany(run => run.Points.Where(point => kept.Contains(point.Step)).Select(point => (run.RunId, point)))];
    }
}
