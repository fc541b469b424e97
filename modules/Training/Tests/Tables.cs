using System.Globalization;
using System.Text.Json;
using Slipway.Training.Design;

namespace Slipway.Training.Tests;

/// <summary>What the tests compare with, and the samples as columns: a column whose fields are all numbers holds numbers.</summary>
internal static class Tables
{
    private static readonly string Folder = AppContext.BaseDirectory;

    public static readonly JsonElement Reference = Json("reference.json");

    public static readonly JsonElement Oracle = Json("classic.json");

    public static readonly IReadOnlyDictionary<string, Column> Mortgage = Csv("hmda.csv");

    public static readonly IReadOnlyDictionary<string, Column> Earnings = Csv("cps-1992-2004.csv");

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    public static double Number(this JsonElement element, params string[] path) => path.Aggregate(element, (at, key) => at.GetProperty(key)).GetDouble();

    /// <summary>The generator of classic.json: x = 48271 x mod (2³¹ − 1), u = x / (2³¹ − 1).</summary>
    public static double[] Minstd(long seed, int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            seed = seed * 48271 % 2147483647;
            values[i] = seed / 2147483647.0;
        }

        return values;
    }

    /// <summary>Box and Muller on pairs of the same generator, cosine and sine.</summary>
    public static double[] Normals(long seed, int count)
    {
        var uniform = Minstd(seed, count + (count % 2));
        return [.. Enumerable.Range(0, count).Select(i => Math.Sqrt(-2 * Math.Log(uniform[i - (i % 2)])) * (i % 2 == 0 ? Math.Cos(2 * Math.PI * uniform[i + 1]) : Math.Sin(2 * Math.PI * uniform[i])))];
    }

    /// <summary>Equal to a number of relative (of small ones: absolute) distance.</summary>
    public static void Near(double expected, double actual, double tolerance) => Assert.True(
        Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), string.Create(CultureInfo.InvariantCulture, $"{actual:R} is not {expected:R} to {tolerance}"));

    private static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "data", name))).RootElement;

    private static Dictionary<string, Column> Csv(string name)
    {
        var lines = File.ReadAllLines(Directory.GetFiles(Path.Combine(Folder, "samples"), name, SearchOption.AllDirectories).Single());
        var rows = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        return lines[0].Split(',').Select((column, i) =>
        {
            string[] fields = [.. rows.Select(row => row[i])];
            double[] numbers = [.. fields.Select(field => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
            return numbers.Any(double.IsNaN) ? Column.OfTexts(column, fields) : Column.OfNumbers(column, numbers);
        }).ToDictionary(column => column.Name, StringComparer.Ordinal);
    }
}
