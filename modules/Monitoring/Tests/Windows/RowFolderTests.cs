using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;
using Slipway.Monitoring.Tests.Statistics;
using Slipway.Monitoring.Windows;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Windows;

public sealed class RowFolderTests
{
    private static readonly PredictionSchema Schema = new([new("amount", true, 0), new("zone", true, 1), new("level", false, 0), new("rate", false, 1), new("extra", true, 2)]);

    private static readonly TableSketch Reference = TableSketch.Of(4,
    [
        Samples.Sketch([1.0, 2, 3, 4], name: "amount"),
        Samples.Sketch(["1", "2", "2", null], name: "zone"),
        Samples.Sketch(["a", "b", "b", "c"], name: "level"),
        Samples.Sketch([0.5, 0.6, 0.7, null], null, "rate", ColumnKind.Number),
        Samples.Sketch(["left", "out"], name: "target"),
    ]);

    [Fact]
    public void Inputs_are_sketched_as_the_reference_has_them_and_merge_over_batches()
    {
        var (first, second, whole) = (new RowFolder(Schema, Reference), new RowFolder(Schema, Reference), new RowFolder(Schema, Reference));
        Prediction[] rows = [Row([1.5, 2, 9], ["a", "0.5"]), Row([double.NaN, double.NaN, 9], [null, "nan"]), Row([4, 3, 9], ["z", "about 0.7"])];
        first.Add(rows[0]);
        foreach (var row in rows[1..]) { second.Add(row); }

        foreach (var row in rows) { whole.Add(row); }

        var merged = first.Build().Merge(second.Build());
        var (amount, zone) = (merged.Find("amount")!, merged.Find("zone")!);

        Assert.Equal((3, "amount zone level rate"), (merged.Rows, string.Join(' ', merged.Columns.OrderBy(column => Array.IndexOf(["amount", "zone", "level", "rate"], column.Name)).Select(column => column.Name))));
        Assert.Equal((3, 1, 2), (amount.Count, amount.Nulls, amount.Numbers!.Histograms![0].Counts.Sum()));
        Assert.Equal(Reference.Find("amount")!.Numbers!.Histograms![0].Edges, amount.Numbers.Histograms[0].Edges);
        Assert.Equal((ColumnKind.Text, 1, "2 3"), (zone.Kind, zone.Nulls, string.Join(' ', zone.Top.Items.Select(item => item.Value))));
        Assert.Equal(2, merged.Find("rate")!.Nulls);
        Assert.Equal(whole.Build().ToJson().Length, merged.ToJson().Length);
    }

    private static Prediction Row(double[] numbers, string?[] texts) => new(1, "p", 0, "d", 1, DeploymentRole.Champion, null, Schema, numbers, texts, 0.5, "no");
}
