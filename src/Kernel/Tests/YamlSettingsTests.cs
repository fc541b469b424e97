using System.Text.Json;
using Slipway.Kernel.Yaml;

namespace Slipway.Kernel.Tests;

public sealed class YamlSettingsTests
{
    [Fact]
    public void Right_values_read_as_what_they_are_and_leave_no_fault()
    {
        var with = Read("""{"share": 0.7, "seed": 17, "by": "region", "big": true, "bins": [0.8, 0.95], "files": ["a", 2], "label": {"positive": "yes"}, "terms": [{"name": "x"}, {"name": "y"}]}""");

        Assert.Equal(0.7, with.Number("share", 0, 1));
        Assert.Equal(17, with.Integer("seed"));
        Assert.Equal("region", with.Word("by", ["region", "year"]));
        Assert.True(with.Flag("big"));
        Assert.Equal([0.8, 0.95], with.Numbers("bins")!);
        Assert.Equal(["a", "2"], with.Texts("files")!);
        Assert.Equal("yes", with.Section("label")!.Text("positive", required: true));
        Assert.Equal(["x", "y"], with.Sections("terms")!.Select(term => term.Text("name")!));
        Assert.Null(with.Text("absent"));
        Assert.Empty(with.End());
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_its_path()
    {
        var with = Read("""{"share": 2, "seed": 1.5, "by": "town", "big": "yes", "bins": [1, "x"], "label": {"positive": {}, "odd": 1}, "terms": {}, "more": 1}""");

        with.Number("share", 0, 1);
        with.Integer("seed");
        with.Word("by", ["region", "year"]);
        with.Flag("big");
        with.Numbers("bins");
        with.Section("label")!.Text("positive");
        with.Sections("terms");
        with.Text("name", required: true);

        Assert.Equal(
            ["with.share", "with.seed", "with.by", "with.big", "with.bins[1]", "with.label.positive", "with.terms", "with.name", "with.more", "with.label.odd"],
            with.End().Select(fault => fault.Field));
        Assert.Contains("'with.share' is '2'; a number from 0 to 1 belongs there.", with.End().Select(fault => fault.Detail));
        Assert.Contains("'with.by' is 'town'; one of region, year belongs there.", with.End().Select(fault => fault.Detail));
    }

    private static YamlSettings Read(string json) => new(JsonDocument.Parse(json).RootElement, "with");
}
