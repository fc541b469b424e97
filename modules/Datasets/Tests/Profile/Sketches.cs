using System.Text;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Tests.Profile;

/// <summary>Sketches of values at hand.</summary>
internal static class Sketches
{
    public static ColumnSketch Of(IEnumerable<double?> values, ColumnSketch? reference = null, string name = "x", ColumnKind kind = ColumnKind.Number)
    {
        var builder = new ColumnSketchBuilder(name, 0, kind, "DOUBLE", reference);
        foreach (var value in values) { builder.Add(value); }

        return builder.Build();
    }

    public static ColumnSketch Of(IEnumerable<string?> values, string name = "t")
    {
        var builder = new ColumnSketchBuilder(name, 1, ColumnKind.Text, "VARCHAR", null);
        foreach (var value in values) { builder.Add(value); }

        return builder.Build();
    }

    public static TableSketch Table(IReadOnlyCollection<(double? Number, string? Text)> rows, TableSketch? reference = null) =>
        TableSketch.Of(rows.Count, [Of(rows.Select(row => row.Number), reference?.Find("x")), Of(rows.Select(row => row.Text))]);

    /// <summary>Everything that merging keeps to the last bit: all but moments, and frequent values once there are too many different ones.</summary>
    public static string Exact(TableSketch table) => Encoding.UTF8.GetString((table with { Columns = [.. table.Columns.Select(Exact)] }).ToJson());

    /// <summary>The moments agree to 1e-9 of the size that each can have.</summary>
    public static void Near(Moments expected, Moments actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var spread = Math.Sqrt(expected.M2 / Math.Max(1, expected.Count));
        Assert.Equal(expected.Mean, actual.Mean, 1e-9 * (Math.Abs(expected.Mean) + spread));
        Assert.Equal(expected.M2, actual.M2, 1e-9 * expected.M2);
        Assert.Equal(expected.M3, actual.M3, 1e-9 * expected.M2 * spread * 10);
        Assert.Equal(expected.M4, actual.M4, 1e-9 * expected.M4);
    }

    /// <summary>A normal random number, by G. Box and M. Muller's formula.</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static ColumnSketch Exact(ColumnSketch column) => column with
    {
        Top = column.Top.IsComplete ? column.Top : new TopValues([], 0),
        Numbers = column.Numbers is { } numbers ? numbers with { Moments = Bare(numbers.Moments) } : null,
        Texts = column.Texts is { } texts ? texts with { Lengths = Bare(texts.Lengths) } : null,
    };

    private static Moments Bare(Moments moments) => new(moments.Count, 0, 0, 0, 0);
}
