using Microsoft.Extensions.DependencyInjection;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;
using Slipway.Datasets.Tables;
using Slipway.Kernel;

namespace Slipway.Datasets.Tests.Tables;

/// <summary>What later rooms get through the port.</summary>
public sealed class TableTests
{
    [Theory, EachDatabase]
    public async Task Another_table_needs_only_another_contract_and_is_read_cut_and_used(string database)
    {
        await using var house = await House.Open(database);
        var contract = await house.AddContract(House.Sample("earnings.contract.yaml"));
        var version = House.Json<DatasetVersionView>((await house.Post($"earnings/versions?format=csv&contract={contract}", House.Sample("cps-1992-2004.csv"))).Body);
        Assert.Equal((15_588, 5, DatasetVerdict.Passed, contract), (version.Rows, version.Columns, version.Verdict, version.ContractDigest));

        var table = (await house.Port.Read(House.Caller, version.Digest, ["year", "earnings", "degree"], default)).Value;
        Assert.Equal((15_588, "{USD}/h", null), (table.Rows, table.Find("earnings")!.Unit, table.Find("degree")!.Unit));
        Assert.IsType<IntegerColumn>(table.Find("year"));
        Assert.IsType<NumberColumn>(table.Find("earnings"));
        Assert.Equal(new HashSet<string?> { "highschool", "bachelor" }, table.Find("degree")!.ToTexts().ToHashSet());

        var rule = new SplitRule(0.7, 17, "degree");
        var parts = (await house.Port.Split(House.Caller, version.Digest, rule, default)).Value;
        Assert.Equal((15_588, parts), (parts.First.Rows + parts.Second.Rows, (await house.Port.Split(House.Caller, version.Digest, rule, default)).Value));
        Assert.NotEqual(parts.First.Digest, (await house.Port.Split(House.Caller, version.Digest, rule with { Seed = 18 }, default)).Value.First.Digest);
        var train = (await house.Port.Read(House.Caller, parts.First.Digest, null, default)).Value;
        Assert.Equal(("{USD}/h", parts.First.Rows), (train.Find("earnings")!.Unit, train.Rows));
        Assert.Equal(Share(table), Share(train), 1e-3);
        Assert.True((await house.Port.Check(House.Caller, parts.Second.Digest, House.Sample("earnings.contract.yaml"), default)).Value.Passed);
        Assert.True((await house.Blobs.Find((await house.Port.Profile(House.Caller, parts.First.Digest, default)).Value, default))!.SizeBytes > 500);
        Assert.Equal(1, (await house.Port.FindByDigest(House.Caller, parts.First.Digest, default)).Value.Version);

        await house.Server.Services.GetRequiredService<Db>().Write(tx => { house.Port.NoteUse(tx, House.Caller, parts.First.Digest, "run", "r1", "first run"); return true; }, default);
        var use = Assert.Single((await house.Get<DatasetUseList>("earnings/uses")).Items);
        Assert.Equal((1, "run", "r1", "first run", "first of share 0.7, seed 17, stratified by degree"), (use.Version, use.Kind, use.Subject, use.Title, use.Part));
    }

    [Fact]
    public async Task A_cut_in_order_puts_the_earliest_rows_first()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var version = await house.Add("t", "day,a\n2026-01-03,3\n2026-01-01,1\n2026-01-04,4\n2026-01-02,2\n");

        var parts = (await house.Port.Split(House.Caller, version.Digest, new SplitRule(0.5, 0, OrderBy: "day"), default)).Value;

        Assert.Equal(["1", "2"], (await house.Port.Read(House.Caller, parts.First.Digest, ["a"], default)).Value.Columns[0].ToTexts().Order());
        Assert.Equal("empty_part", (await house.Port.Split(House.Caller, version.Digest, new SplitRule(0.01, 0), default)).Problem!.Code);
        Assert.Equal(400, (await house.Port.Split(House.Caller, version.Digest, new SplitRule(1.5, 0), default)).Problem!.Status);
        Assert.Contains("no column 'b'", (await house.Port.Split(House.Caller, version.Digest, new SplitRule(0.5, 0, "b"), default)).Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains("the table has day, a", (await house.Port.Read(House.Caller, version.Digest, ["x"], default)).Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_cells_than_the_limit_are_not_read_into_memory()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var version = await house.Add("t", "a,b\n1,2\n");
        await house.Server.Services.GetRequiredService<Db>().Write(tx => tx.Execute($"UPDATE datasets_tables SET row_count = {Limits.TableCells / 2 + 1} WHERE digest = {version.Digest}"), default);

        Assert.Equal((413, "too_large"), ((await house.Port.Read(House.Caller, version.Digest, null, default)).Problem!.Status, (await house.Port.Read(House.Caller, version.Digest, null, default)).Problem!.Code));
    }

    [Fact]
    public async Task More_text_than_the_limit_is_not_read_into_memory_and_its_column_is_named()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        // 6 and 9 bytes of text; two of the letters have two bytes.
        var version = await house.Add("t", "a,kind,note,flag\n1,abc,äöx,true\n2,def,long,false\n");
        var read = new ReadTable(house.Server.Services.GetRequiredService<OpenTable>()) { TextBytes = 14 };

        var problem = (await read.Handle(House.Caller, version.Digest, null, default)).Problem!;

        Assert.Equal((413, "too_large"), (problem.Status, problem.Code));
        Assert.Contains("15 bytes of text, of which 'note' has 9; 14 bytes is the limit", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(3, (await read.Handle(House.Caller, version.Digest, ["a", "flag", "note"], default)).Value.Columns.Count);
        Assert.Null((await house.Port.Read(House.Caller, version.Digest, null, default)).Problem);
    }

    [Fact]
    public async Task A_digest_opens_a_table_only_where_it_is_one()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var version = await house.Add("t", "a\n1\n");
        var elsewhere = Caller.ForJob("test", "elsewhere");

        Assert.Equal(404, (await house.Port.Read(elsewhere, version.Digest, null, default)).Problem!.Status);
        Assert.Equal(404, (await house.Port.Split(elsewhere, version.Digest, new SplitRule(0.5, 1), default)).Problem!.Status);
        Assert.Equal(404, (await house.Port.Profile(elsewhere, version.Digest, default)).Problem!.Status);
        Assert.Equal(404, (await house.Port.FindByDigest(elsewhere, version.Digest, default)).Problem!.Status);
        Assert.Equal(404, (await house.Port.Find(elsewhere, "t", null, default)).Problem!.Status);
        Assert.Equal(404, (await house.Port.Read(House.Caller, version.SourceDigest, null, default)).Problem!.Status);
    }

    private static double Share(DataTable table) => table.Find("degree")!.ToTexts().Count(text => text == "bachelor") / (double)table.Rows;
}
