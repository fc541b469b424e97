using System.Diagnostics;
using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;

namespace Slipway.Bench;

/// <summary>Events folded into the sketches of a window: ten inputs each, seven numbers and three texts, in batches of a thousand, merged into the window after each.</summary>
internal static class MonitoringBench
{
    private const int Columns = 10, Texts = 3, Batch = 1_000;

    /// <summary><c>monitoring [EVENTS]</c>: 200,000 unless said otherwise.</summary>
    public static Task Run(string[] args)
    {
        var events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200_000;
        var random = new Random(1);
        var reference = Fold(random, 20_000, null);
        foreach (var (name, step) in ((string, int)[])[("batches of 1,000, each merged into its window", Batch), ("one after the other into one window", events)])
        {
            Fold(random, Math.Min(step * 5, 50_000), reference);
            var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            TableSketch? window = null;
            for (var done = 0; done < events; done += step)
            {
                var part = Fold(random, Math.Min(step, events - done), reference);
                window = window is null ? part : window.Merge(part);
            }

            var seconds = clock.Elapsed.TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {events / seconds:#,0} events/s ({Columns * events / seconds:#,0} values/s, making them included); {(GC.GetAllocatedBytesForCurrentThread() - before) / events:#,0} bytes allocated an event; window of {window!.Rows:#,0} rows is {window.ToJson().Length / 1e3:#,0} kB"));
        }

        return Task.CompletedTask;
    }

    private static TableSketch Fold(Random random, int events, TableSketch? reference)
    {
        var builders = Enumerable.Range(0, Columns).Select(i => reference is null
            ? new ColumnSketchBuilder("c" + i, i, i < Columns - Texts ? ColumnKind.Number : ColumnKind.Text, "")
            : ColumnSketchBuilder.For(reference.Columns[i])).ToArray();
        for (var row = 0; row < events; row++)
        {
            for (var i = 0; i < Columns - Texts; i++) { builders[i].Add((double?)(i * Math.Exp(random.NextDouble()))); }

            for (var i = Columns - Texts; i < Columns; i++) { builders[i].Add(Levels[random.Next(Levels.Length)]); }
        }

        return TableSketch.Of(events, builders.Select(builder => builder.Build()));
    }

    private static readonly string[] Levels = [.. Enumerable.Range(0, 12).Select(i => "level " + i)];
}
