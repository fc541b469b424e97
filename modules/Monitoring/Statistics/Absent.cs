using Slipway.Datasets.Ports;

namespace Slipway.Monitoring.Statistics;

/// <summary>Rows without a value that could be compared.</summary>
internal static class Absent
{
    /// <summary>Missing, not a number, or infinite.</summary>
    public static long Of(ColumnSketch column) => column.Nulls + (column.Numbers is { } numbers ? numbers.Nans + numbers.PositiveInfinite + numbers.NegativeInfinite : 0);

    public static double Share(ColumnSketch column) => column.Count == 0 ? 0 : (double)Of(column) / column.Count;
}
