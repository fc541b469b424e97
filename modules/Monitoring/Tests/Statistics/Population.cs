using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;

namespace Slipway.Monitoring.Tests.Statistics;

/// <summary>A made-up population with columns of many shapes.</summary>
internal static class Population
{
    private static readonly string[] Names = ["normal", "ratio", "skewed", "rounded", "flag", "gaps", "level", "code"];

    /// <param name="reference">Whose histogram edges are taken.</param>
    /// <param name="change">Name and value of a number → what it becomes.</param>
    public static TableSketch Draw(Random random, int rows, TableSketch? reference = null, Func<string, double, double>? change = null)
    {
        var builders = Names.Select((name, i) => reference?.Find(name) is { } column ? ColumnSketchBuilder.For(column)
            : new ColumnSketchBuilder(name, i, name is "level" or "code" ? ColumnKind.Text : ColumnKind.Number, "")).ToList();
        for (var row = 0; row < rows; row++)
        {
            Add(0, random.Normal());
            Add(1, Math.Abs(0.33 + (0.1 * random.Normal())));
            Add(2, Math.Exp(random.Normal()));
            Add(3, Math.Round(4 * random.Normal()) / 4);
            Add(4, random.NextDouble() < 0.1 ? 1 : 0);
            Add(5, random.NextDouble() < 0.05 ? null : random.NextDouble());
            builders[6].Add(random.NextDouble() switch { < 0.6 => "a", < 0.9 => "b", < 0.98 => "c", _ => "rare" + random.Next(6) });
            builders[7].Add("code" + Math.Floor(Math.Pow(random.NextDouble(), 3) * 900));
        }

        return TableSketch.Of(rows, builders.Select(builder => builder.Build()));

        void Add(int column, double? value) => builders[column].Add(value is { } number && change is not null ? change(Names[column], number) : value);
    }

    public static List<(ColumnSketch, ColumnSketch)> Pairs(TableSketch reference, TableSketch window) => [.. reference.Columns.Select(column => (column, window.Find(column.Name)!))];
}
