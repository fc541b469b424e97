using System.Text.Json;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;
using Slipway.Monitoring.Labels;
using Slipway.Monitoring.References;

namespace Slipway.Monitoring.Tests.Labels;

public sealed class LabelValueTests
{
    [Theory]
    [InlineData("\"1\"", "1", true)]
    [InlineData("1.0", "1", true)]
    [InlineData("1e0", "1", true)]
    [InlineData("\"1.0\"", "1", true)]
    [InlineData("0.10", "0.1", true)]
    [InlineData("true", "1", true)]
    [InlineData("true", "yes", true)]
    [InlineData("true", "true", true)]
    [InlineData("1", "true", true)]
    [InlineData("0.0", "false", true)]
    [InlineData("false", "no", true)]
    [InlineData("false", "0", true)]
    [InlineData("true", "0", false)]
    [InlineData("true", "no", false)]
    [InlineData("false", "1", false)]
    [InlineData("true", "2", false)]
    [InlineData("1", "yes", false)]
    [InlineData("0", "1", false)]
    [InlineData("\"Yes\"", "yes", false)]
    [InlineData("\"default\"", "paid", false)]
    public void A_label_is_the_same_text_the_same_number_or_a_truth_value_as_it_is_written(string json, string known, bool same) =>
        Assert.Equal(same, LabelValue.Same(LabelValue.TextOf(JsonDocument.Parse(json).RootElement)!, known));

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("100e-2", "1")]
    [InlineData("0.1", "0.1")]
    [InlineData("1e999", "1e999")]
    [InlineData("false", "false")]
    [InlineData("null", null)]
    [InlineData("[1]", null)]
    public void A_number_becomes_its_shortest_form(string json, string? text) => Assert.Equal(text, LabelValue.TextOf(JsonDocument.Parse(json).RootElement));

    [Fact]
    public void Both_values_are_known_only_where_the_data_has_exactly_two_and_one_is_the_positive()
    {
        Assert.Equal(("yes", "no"), LabelValue.Both(Reference("yes", "no", "yes", "yes")));
        Assert.Equal(("1.0", "0"), LabelValue.Both(Reference("1.0", "0", "1")));
        Assert.Null(LabelValue.Both(Reference("yes", "no", "yes", "late")));
        Assert.Null(LabelValue.Both(Reference("yes", "yes")));
        Assert.Null(LabelValue.Both(Reference("paid", "no", "yes")));
        Assert.Null(LabelValue.Both(Reference(null, "no", "yes")));
        Assert.Null(LabelValue.Both(Reference("yes", "no", "yes") with { Sketch = null }));
        Assert.Null(LabelValue.Both(null));
    }

    private static LoadedReference Reference(string? positive, params string[] values)
    {
        var late = new ColumnSketchBuilder("late", 0, ColumnKind.Text, "VARCHAR");
        foreach (var value in values) { late.Add(value); }

        var data = new Reference(References.Reference.CurrentFormat, "payers", 1, values.Length, [], new Dictionary<string, double>(), [], Label: new ReferenceLabel("late", positive));
        return new LoadedReference(data, "", TableSketch.Of(values.Length, [late.Build()]));
    }
}
