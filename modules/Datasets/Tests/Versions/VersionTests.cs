using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Tests.Versions;

public sealed class VersionTests
{
    [Theory, EachDatabase]
    public async Task Two_versions_differ_in_rows_schema_and_statistics_and_a_change_of_unit_is_named(string database)
    {
        await using var house = await House.Open(database);
        var ratio = await house.AddContract(House.Contract("{ name: share, logicalType: number, customProperties: [ { property: unitOfMeasure, value: \"1\" } ] }, { name: kind, logicalType: string }, { name: old, logicalType: integer }"));
        var percent = await house.AddContract(House.Contract("{ name: share, logicalType: number, customProperties: [ { property: unitOfMeasure, value: \"%\" } ] }, { name: kind, logicalType: string }, { name: new, logicalType: integer }"));
        await house.Post($"t/versions?format=csv&contract={ratio}", "share,kind,old\n0.1,a,1\n0.2,a,2\n0.3,a,3\n0.4,b,4\n");
        await house.Post($"t/versions?format=csv&contract={ratio}", "share,kind,old\n10,a,1\n20,a,2\n30,a,3\n40,b,4\n");
        await house.Post($"t/versions?format=csv&contract={percent}", "share,kind,new\n10,a,1\n20,b,2\n30,b,3\n");

        var silent = await house.Get<DatasetDiffView>("t/diff?from=1&to=2");
        var said = await house.Get<DatasetDiffView>("t/diff?from=2&to=3");

        Assert.Equal((1, 2), (silent.From.Version, silent.To.Version));
        Assert.Contains(new DatasetDiffRow("statistics", "share.mean", "0.25", "25", "Probably a change of unit: '%' in place of '1', factor 100."), silent.Rows);
        Assert.DoesNotContain(silent.Rows, row => row.Section == "schema");
        Assert.Contains(new DatasetDiffRow("table", "rows", "4", "3"), said.Rows);
        Assert.Contains(new DatasetDiffRow("schema", "share.unit", "1", "%", "comparable: 1 1 is 100 %"), said.Rows);
        Assert.Contains(new DatasetDiffRow("schema", "old", "BIGINT", null, "removed"), said.Rows);
        Assert.Contains(new DatasetDiffRow("schema", "new", null, "BIGINT", "added"), said.Rows);
        Assert.Contains(new DatasetDiffRow("statistics", "kind = a", "75.00 %", "33.33 %"), said.Rows);
        Assert.Empty((await house.Get<DatasetDiffView>("t/diff?from=3&to=3")).Rows);
        Assert.Equal(404, (await house.Get("t/diff?from=1&to=9")).Status);
        Assert.Equal(400, (await house.Get("t/diff?from=1")).Status);
    }

    [Theory, EachDatabase]
    public async Task Datasets_and_versions_are_listed_page_by_page(string database)
    {
        await using var house = await House.Open(database);
        await house.SetContract("planned", House.Contract("{ name: a, logicalType: integer }"));
        await house.Add("b", "a\n1\n");
        await house.Add("b", "a\n1\n2\n");
        await house.Add("b", "a\n1\n2\n3\n");

        var all = await house.Get<Page<DatasetSummary>>("");
        Assert.Equal([("b", 3L, 3L), ("planned", 0L, null)], all.Items.Select(dataset => (dataset.Name, dataset.Versions, dataset.Latest?.Rows)));
        var first = await house.Get<Page<DatasetSummary>>("?limit=1");
        Assert.Equal("planned", Assert.Single((await house.Get<Page<DatasetSummary>>($"?limit=1&cursor={first.Next}")).Items).Name);

        var newest = await house.Get<Page<DatasetVersionView>>("b/versions?limit=2");
        Assert.Equal([3, 2], newest.Items.Select(version => version.Version));
        Assert.Equal(1, Assert.Single((await house.Get<Page<DatasetVersionView>>($"b/versions?limit=2&cursor={newest.Next}")).Items).Version);
        Assert.Equal(400, (await house.Get("b/versions?cursor=x")).Status);
        Assert.Equal(400, (await house.Get("b/versions?limit=0")).Status);
        Assert.Equal(404, (await house.Get("c/versions")).Status);
        Assert.Equal(404, (await house.Get("b/versions/4")).Status);
        Assert.Equal(400, (await house.Get("b/versions/x")).Status);
        Assert.Empty((await house.Get<DatasetUseList>("b/uses")).Items);
    }
}
