using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;
using Slipway.Monitoring.Statistics;

namespace Slipway.Monitoring.Tests.Statistics;

public sealed class SampleShockTests
{
    private static readonly string[][] Rows = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", "hmda.csv")).Select(line => line.Split(','))];
    private static readonly string[] Names = Rows[0];
    private static readonly bool[] AreNumbers = [.. Names.Select((name, i) => Rows.Skip(1).All(row => double.TryParse(row[i], NumberStyles.Float, CultureInfo.InvariantCulture, out _)))];

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public void A_rate_shock_on_real_applications_is_found_in_every_window_and_nothing_is_called_without(int size)
    {
        var random = new Random(41);
        var (alarms, found, others) = (0, 0, 0);
        for (var run = 0; run < 100; run++)
        {
            string[][] shuffled = [.. Rows.Skip(1).OrderBy(_ => random.Next())];
            var reference = Sketch(shuffled[..1_666], null, 1);
            var same = Compare(reference, Sketch(shuffled[1_666..(1_666 + size)], reference, 1));
            var shock = Compare(reference, Sketch(shuffled[1_666..(1_666 + size)], reference, 1.5));
            alarms += same.Count(column => column.Drifted);
            found += shock.Count(column => column.Drifted && IsShocked(column.Feature));
            others += shock.Count(column => column.Drifted && !IsShocked(column.Feature));
            Assert.All(shock.Take(2), column => Assert.True(IsShocked(column.Feature)));
        }

        Assert.InRange(alarms, 0, 3);
        Assert.Equal(200, found);
        Assert.InRange(others, 0, 3);
    }

    private static bool IsShocked(string name) => name is "pirat" or "hirat";

    private static IReadOnlyList<ColumnDrift> Compare(TableSketch reference, TableSketch window) => Drift.Compare(Population.Pairs(reference, window), new DriftSettings());

    private static TableSketch Sketch(string[][] rows, TableSketch? reference, double factor) => TableSketch.Of(rows.Length, Names.Select((name, i) =>
    {
        var builder = reference?.Find(name) is { } column ? ColumnSketchBuilder.For(column) : new ColumnSketchBuilder(name, i, AreNumbers[i] ? ColumnKind.Number : ColumnKind.Text, "");
        foreach (var row in rows)
        {
            if (AreNumbers[i]) { builder.Add((double?)(double.Parse(row[i], CultureInfo.InvariantCulture) * (IsShocked(name) ? factor : 1))); }
            else { builder.Add(row[i]); }
        }

        return builder.Build();
    }));
}
