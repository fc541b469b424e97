using System.Globalization;

namespace Slipway.Bench;

/// <summary>The values of several runs of one measurement; what is quoted is the median.</summary>
internal sealed class Figures(string name, string unit, string target = "")
{
    private readonly List<double> _values = [];

    public double Median => Quantile(_values, 0.5);

    public void Add(double value) => _values.Add(value);

    public void Print() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-52} {Median,12:#,0.##} {unit,-10} ({_values.Min():#,0.##} to {_values.Max():#,0.##}, {_values.Count} runs){(target.Length == 0 ? "" : $"   target {target}")}"));

    /// <summary>Nearest-rank quantile; <paramref name="q"/> from 0 to 1.</summary>
    public static double Quantile(IEnumerable<double> values, double q)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(q * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
