using System.Text.Json;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;

namespace Slipway.Monitoring.Tests.Statistics;

/// <summary>Values to compare, and the figures of SciPy, scikit-learn and statsmodels for some of them.</summary>
internal static class Samples
{
    public static readonly JsonElement Oracle = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "classic.json"))).RootElement;

    public static double Number(this JsonElement element, params string[] path) => path.Aggregate(element, (at, key) => at.GetProperty(key)).GetDouble();

    public static long[] Counts(this JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt64())];

    /// <summary>The generator of classic.json: x = 48271 x mod (2³¹ − 1), u = x / (2³¹ − 1).</summary>
    public static IEnumerable<double> Minstd(long seed)
    {
        while (true)
        {
            seed = seed * 48271 % 2147483647;
            yield return seed / 2147483647.0;
        }
    }

    /// <summary>Box and Muller on pairs of the same generator, cosine and sine.</summary>
    public static double[] Normals(long seed, int count, double mean = 0, double deviation = 1) =>
    [
        .. Minstd(seed).Chunk(2).SelectMany(pair => Math.Sqrt(-2 * Math.Log(pair[0])) is var radius
            ? (double[])[radius * Math.Cos(2 * Math.PI * pair[1]), radius * Math.Sin(2 * Math.PI * pair[1])] : []).Take(count).Select(value => mean + (deviation * value)),
    ];

    /// <summary>The two samples of a case of the oracle.</summary>
    public static (double[] Reference, double[] Current) Case(string name) => name switch
    {
        "small" => ([38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0], [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8]),
        "minstd_normal_same" => (Normals(1, 1_000), Normals(2, 800)),
        _ => (Normals(1, 1_000), Normals(3, 800, 0.3, 1.2)),
    };

    public static double Normal(this Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static ColumnSketch Sketch(IEnumerable<double?> values, ColumnSketch? reference = null, string name = "x", ColumnKind kind = ColumnKind.Number)
    {
        var builder = reference is null ? new ColumnSketchBuilder(name, 0, kind, "DOUBLE") : ColumnSketchBuilder.For(reference);
        foreach (var value in values) { builder.Add(value); }

        return builder.Build();
    }

    public static ColumnSketch Sketch(IEnumerable<double> values, ColumnSketch? reference = null, string name = "x") => Sketch(values.Select(value => (double?)value), reference, name);

    public static ColumnSketch Sketch(IEnumerable<string?> values, ColumnSketch? reference = null, string name = "t")
    {
        var builder = reference is null ? new ColumnSketchBuilder(name, 0, ColumnKind.Text, "VARCHAR") : ColumnSketchBuilder.For(reference);
        foreach (var value in values) { builder.Add(value); }

        return builder.Build();
    }
}
