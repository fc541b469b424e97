namespace Slipway.Tracking.Metrics;

/// <summary>One logged value. Two points that agree in all three are one point.</summary>
/// <param name="Value">Finite or NaN once logged: infinities become the largest finite doubles, as MLflow keeps them.</param>
internal readonly record struct MetricPoint(long TimeMs, long Step, double Value) : IComparable<MetricPoint>
{
    /// <summary>Order of a history: time, step, value; NaN counts as 0 and comes after a real 0.</summary>
    public int CompareTo(MetricPoint other) => (TimeMs.CompareTo(other.TimeMs), Step.CompareTo(other.Step)) switch
    {
        (not 0 and var time, _) => time,
        (_, not 0 and var step) => step,
        _ => CompareValues(Value, other.Value),
    };

    /// <summary>True when this point is shown instead of <paramref name="other"/>: greatest by step, time, value (NaN as 0).</summary>
    public bool IsLaterThan(MetricPoint other) =>
        Step != other.Step ? Step > other.Step
        : TimeMs != other.TimeMs ? TimeMs > other.TimeMs
        : Ranked(Value) > Ranked(other.Value);

    /// <summary>The number that stands in for a value where order matters.</summary>
    public static double Ranked(double value) => double.IsNaN(value) ? 0 : value;

    public static double Clamp(double value) => double.IsInfinity(value) ? Math.CopySign(double.MaxValue, value) : value;

    private static int CompareValues(double left, double right)
    {
        var order = Ranked(left).CompareTo(Ranked(right));
        return order != 0 ? order : double.IsNaN(left).CompareTo(double.IsNaN(right));
    }

    /// <summary>Sorts and drops exact duplicates, in place; what arrives in order is not sorted again.</summary>
    public static void Normalise(List<MetricPoint> points)
    {
        var ordered = true;
        for (var i = 1; i < points.Count && ordered; i++) { ordered = points[i - 1].CompareTo(points[i]) < 0; }

        if (ordered) { return; }

        points.Sort();
        var kept = 0;
        for (var i = 0; i < points.Count; i++)
        {
            if (kept == 0 || points[kept - 1].CompareTo(points[i]) != 0) { points[kept++] = points[i]; }
        }

        points.RemoveRange(kept, points.Count - kept);
    }
}
