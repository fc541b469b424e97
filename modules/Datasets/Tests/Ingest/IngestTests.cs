using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Tests.Ingest;

public sealed class IngestTests
{
    [Theory, EachDatabase]
    public async Task The_sample_becomes_a_version_with_units_statistics_and_verdicts(string database)
    {
        await using var house = await House.Open(database);
        await house.SetContract("mortgage", House.Sample("hmda.contract.yaml"));

        var version = await house.Add("mortgage", House.Sample("hmda.csv"));
        var detail = await house.Version("mortgage", 1);

        Assert.Equal((1, 2_380, 14, DatasetVerdict.Passed), (version.Version, version.Rows, version.Columns, version.Verdict));
        var pirat = detail.Schema.Single(column => column.Name == "pirat");
        Assert.Equal(("DOUBLE", ColumnKind.Number, "1", "DimensionlessRatio", true), (pirat.Type, pirat.Kind, pirat.Unit, pirat.QuantityKind, pirat.Required));

        // Mean and standard deviation by Python's math.fsum and statistics.stdev over the file.
        Assert.Equal(0.330813567211648, pirat.Statistics.Mean!.Value, 1e-12);
        Assert.Equal(0.10725728460213536, pirat.Statistics.StandardDeviation!.Value, 1e-12);
        Assert.Equal(("0.0", "3.0", 519L, 0L), (pirat.Statistics.Min, pirat.Statistics.Max, pirat.Statistics.Distinct, pirat.Statistics.Nulls));
        Assert.Equal(2_380, pirat.Statistics.Histogram!.Sum(bin => bin.Count));
        Assert.Equal(20, pirat.Statistics.Histogram!.Count);
        Assert.Equal([new ValueCountView("no", 2_095), new ValueCountView("yes", 285)], detail.Schema.Single(column => column.Name == "deny").Statistics.Top!);
        Assert.Equal(("VARCHAR", "BIGINT", "%"), (detail.Schema[0].Type, detail.Schema[4].Type, detail.Schema[7].Unit));
        Assert.All(detail.Verdicts, verdict => Assert.Equal(VerdictState.Passed, verdict.State));
        Assert.Contains(detail.Verdicts, verdict => verdict is { Column: "pirat", Rule: "maximum", Expectation: "Every value is at most 3 (unit 1)." });
    }

    [Fact]
    public async Task The_same_file_makes_the_same_bytes_and_no_second_version()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var first = await house.Add("a", House.Sample("hmda.csv"));

        var (again, body) = await house.Post("a/versions?format=csv", House.Sample("hmda.csv"));
        var elsewhere = await house.Add("b", House.Sample("hmda.csv"));

        Assert.Equal((200, 1L), (again, House.Json<DatasetVersionView>(body).Version));
        Assert.Equal(first.Digest, elsewhere.Digest);
        Assert.Equal(1, (await house.Get<DatasetView>("a")).Versions);
    }

    [Theory, EachDatabase]
    public async Task Another_contract_for_the_same_file_makes_another_version(string database)
    {
        await using var house = await House.Open(database);
        var loose = await house.AddContract(House.Contract("{ name: a, logicalType: integer }"));
        var tight = await house.AddContract(House.Contract("{ name: a, logicalType: integer, required: true }"));

        var first = House.Json<DatasetVersionView>((await house.Post($"t/versions?format=csv&contract={loose}", "a\n1\n")).Body);
        var again = await house.Post("t/versions?format=csv", "a\n1\n");
        var second = await house.Post($"t/versions?format=csv&contract={tight}", "a\n1\n");
        var third = await house.Add("t", "a\n2\n");

        Assert.Equal((200, first), (again.Status, House.Json<DatasetVersionView>(again.Body)));
        Assert.Equal((201, 2, first.Digest, tight), (second.Status, House.Json<DatasetVersionView>(second.Body).Version, House.Json<DatasetVersionView>(second.Body).Digest, House.Json<DatasetVersionView>(second.Body).ContractDigest!));
        Assert.Equal((3, tight), (third.Version, third.ContractDigest!));
        Assert.Equal(House.Contract("{ name: a, logicalType: integer, required: true }"), (await house.Get<DatasetView>("t")).Contract!.Text);
    }

    [Theory, EachDatabase]
    public async Task A_contract_is_the_same_with_and_without_a_byte_order_mark(string database)
    {
        await using var house = await House.Open(database);
        var yaml = House.Contract("{ name: a, logicalType: integer }");
        await house.SetContract("t", yaml);
        var first = await house.Add("t", "a\n1\n");

        var again = (await house.Port.Ingest(House.Caller, "t", first.SourceDigest, "csv", "\ufeff" + yaml, default)).Value;

        Assert.Equal((1, first.ContractDigest), (again.Version, again.ContractDigest));
        Assert.Equal(first.ContractDigest, await house.AddContract("\ufeff" + yaml));
        Assert.Empty(house.Port.ContractFaults("\ufeff" + yaml));
    }

    [Fact]
    public async Task Without_a_contract_types_are_found_and_nothing_is_lost()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        await house.Add("t", "whole,number,code,long,flag,truth,day,at,text,gap\n1,0.1,007,12345678901234567890,yes,true,2026-01-02,2026-01-02T03:04:05,a,\n-2,1e-3,042,1,no,FALSE,2026-02-28,2026-01-02 03:04,\"b,\"\"c\"\"\",\n");

        var detail = await house.Version("t", 1);
        var table = (await house.Port.Read(House.Caller, detail.Version.Digest, null, default)).Value;

        Assert.Equal(["BIGINT", "DOUBLE", "VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "VARCHAR", "VARCHAR"], detail.Schema.Select(column => column.Type));
        Assert.Equal([1, -2], ((IntegerColumn)table.Columns[0]).Values);
        Assert.Equal([0.1, 0.001], ((NumberColumn)table.Columns[1]).Values);
        Assert.Equal<IEnumerable<string?>>(["007", "042"], table.Columns[2].ToTexts());
        Assert.Equal<IEnumerable<string?>>(["12345678901234567890", "1"], table.Columns[3].ToTexts());
        Assert.Equal([true, false], ((BooleanColumn)table.Columns[5]).Values);
        Assert.Equal<IEnumerable<string?>>(["2026-01-02", "2026-02-28"], table.Columns[6].ToTexts());
        Assert.Equal<IEnumerable<string?>>(["2026-01-02T03:04:05.000000Z", "2026-01-02T03:04:00.000000Z"], table.Columns[7].ToTexts());
        Assert.Equal<IEnumerable<string?>>(["a", "b,\"c\""], table.Columns[8].ToTexts());
        Assert.Equal<IEnumerable<string?>>([null, null], table.Columns[9].ToTexts());
        Assert.Equal(DatasetVerdict.Unchecked, detail.Version.Verdict);
    }

    [Fact]
    public async Task Json_and_Parquet_keep_their_types()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var json = await house.Add("j", "[{\"a\":1,\"b\":0.25,\"c\":\"x\",\"d\":true},{\"a\":2,\"c\":null,\"d\":false}]", "json");
        var lines = await house.Add("l", "{\"a\":1,\"b\":0.25,\"c\":\"x\",\"d\":true}\n{\"a\":2,\"c\":null,\"d\":false}\n", "json");

        using var content = await house.Server.Http.GetAsync("/api/v1/w/default/datasets/j/versions/1/content");
        var parquet = await house.Add("p", await content.Content.ReadAsByteArrayAsync(), "parquet");

        Assert.Equal(["BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN"], (await house.Version("p", 1)).Schema.Select(column => column.Type));
        Assert.Equal((json.Digest, json.Digest), (lines.Digest, parquet.Digest));
        Assert.Equal("application/vnd.apache.parquet", content.Content.Headers.ContentType?.MediaType);
    }

    [Theory, EachDatabase]
    public async Task Two_files_at_once_become_versions_1_and_2(string database)
    {
        await using var house = await House.Open(database);

        var versions = await Task.WhenAll(house.Add("t", "a\n1\n"), house.Add("t", "a\n2\n"));

        Assert.Equal([1, 2], versions.Select(version => version.Version).Order());
        Assert.Equal(2, (await house.Get<Page<DatasetVersionView>>("t/versions")).Items.Count);
    }
}
