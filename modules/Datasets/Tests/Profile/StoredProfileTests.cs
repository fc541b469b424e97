using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Ports;
using Slipway.Kernel;

namespace Slipway.Datasets.Tests.Profile;

public sealed class StoredProfileTests
{
    [Theory, EachDatabase]
    public async Task A_version_and_its_parts_have_profiles_whose_sketches_merge(string database)
    {
        await using var house = await House.Open(database);
        await house.SetContract("mortgage", House.Sample("hmda.contract.yaml"));
        var version = await house.Add("mortgage", House.Sample("hmda.csv"));

        var profile = await Read(house, version.ProfileDigest);
        var whole = await Sketch(house, version.ProfileDigest);

        // For readers: figures by column, as before.
        Assert.Equal(("slipway.profile/2", 2_380), (profile.GetProperty("format").GetString(), profile.GetProperty("rows").GetInt32()));
        var pirat = profile.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "pirat");
        Assert.Equal(("number", "0.0", "3.0", 519), (pirat.GetProperty("kind").GetString(), Figure("min").GetString(), Figure("max").GetString(), Figure("distinct").GetInt32()));

        // To be merged: the same by another way.
        var (sketch, statistics) = (whole.Find("pirat")!, (await house.Version("mortgage", 1)).Schema.Single(column => column.Name == "pirat").Statistics);
        Assert.Equal((2_380, 0, 0.0, 3.0), (sketch.Count, sketch.Nulls, sketch.Numbers!.Min, sketch.Numbers.Max));
        Assert.Equal(519, sketch.DistinctCount, 0.04 * 519);
        Assert.Equal(statistics.Mean!.Value, sketch.Numbers.Moments.Mean, 1e-12);
        Assert.Equal(statistics.StandardDeviation!.Value, sketch.Numbers.Moments.StandardDeviation!.Value, 1e-12);
        Assert.Equal(statistics.Quantiles!, ((double[])[0.05, 0.25, 0.5, 0.75, 0.95]).Select(share => Math.Round(sketch.Numbers.Quantile(share)!.Value, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([new TopValue("no", 2_095), new TopValue("yes", 285)], whole.Find("deny")!.Top.Items);

        var parts = (await house.Port.Split(House.Caller, version.Digest, new SplitRule(0.7, 17, "deny"), default)).Value;
        var merged = (await Part(parts.First.Digest)).Merge(await Part(parts.Second.Digest));
        Assert.Equal(Sketches.Exact(Bare(whole)), Sketches.Exact(Bare(merged)));
        Sketches.Near(sketch.Numbers.Moments, merged.Find("pirat")!.Numbers!.Moments);

        JsonElement Figure(string name) => pirat.GetProperty("statistics").GetProperty(name);
        // The port gives the same, makes what is missing, and gives nothing to another workspace.
        Assert.Equal(whole.ToJson(), (await house.Port.Sketch(House.Caller, version.Digest, default)).Value.ToJson());
        var (later, _) = (await house.Port.Split(House.Caller, version.Digest, new SplitRule(0.5, 3), default)).Value;
        Assert.Equal(later.Rows, (await house.Port.Sketch(House.Caller, later.Digest, default)).Value.Rows);
        Assert.Equal(404, (await house.Port.Sketch(Caller.ForJob("test", "risk"), version.Digest, default)).Problem!.Status);

        async Task<TableSketch> Part(string digest) => await Sketch(house, (await house.Port.Profile(House.Caller, digest, default)).Value);
    }

    [Fact]
    public async Task Every_kind_of_column_is_sketched_with_its_missing_values()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var version = await house.Add("t", "n,i,b,d,at,clock,s,gap\n1.5,1,true,2026-01-02,2026-01-02T03:04:05,03:04:05,a,\n,,,,,,,\n-2,3,false,2026-01-04,2026-01-02T03:04:06,03:04:06,bb,\n");

        var sketch = await Sketch(house, version.ProfileDigest);

        Assert.All(sketch.Columns, column => Assert.Equal((3, column.Name == "gap" ? 3 : 1), (column.Count, column.Nulls)));
        Assert.Equal(
            ["-2 1.5", "1 3", "false true", "2026-01-02 2026-01-04", "2026-01-02 03:04:05 2026-01-02 03:04:06", "03:04:05 03:04:06", "a bb", ""],
            sketch.Columns.Select(column => string.Join(' ', column.Top.Items.Select(item => item.Value))));
        Assert.Equal(1_767_312_000, sketch.Find("d")!.Numbers!.Min);
        Assert.Equal(("a", "bb", 1), (sketch.Find("s")!.Texts!.Min, sketch.Find("s")!.Texts!.Max, sketch.Find("n")!.Numbers!.Negatives));
    }

    [Fact]
    public async Task Types_that_only_Parquet_has_are_sketched_too()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        byte[] file;
        await using (var bench = house.Server.Services.GetRequiredService<Workbenches>().Open())
        {
            await bench.Execute(
                """
                COPY (SELECT TIMESTAMPTZ '2026-01-02 03:04:05+00' AS zoned, CAST('2026-01-02 03:04:05' AS TIMESTAMP_NS) AS nanos, CAST('2026-01-02 03:04:05' AS TIMESTAMP_MS) AS millis,
                    DATE 'infinity' AS never, TIMESTAMP '-infinity' AS always, CAST(1.25 AS DECIMAL(38, 2)) AS price, CAST('NaN' AS FLOAT) AS nan, CAST(200 AS UTINYINT) AS small, CAST(7 AS UBIGINT) AS large,
                    CAST('00000000-0000-0000-0000-000000000001' AS UUID) AS id) TO 'f.parquet' (FORMAT parquet)
                """, default);
            file = await File.ReadAllBytesAsync(bench.PathOf("f.parquet"));
        }

        var sketch = await Sketch(house, (await house.Add("t", file, "parquet")).ProfileDigest);

        Assert.All(sketch.Columns, column => Assert.Equal((1, 0), (column.Count, column.Nulls)));
        Assert.Equal(
            ["2026-01-02 03:04:05", "2026-01-02 03:04:05", "2026-01-02 03:04:05", "Infinity", "-Infinity", "1.25", "NaN", "200", "7", "00000000-0000-0000-0000-000000000001"],
            sketch.Columns.Select(column => column.Top.Items.Single().Value));
        Assert.Equal((1, 1, 1), (sketch.Find("never")!.Numbers!.PositiveInfinite, sketch.Find("always")!.Numbers!.NegativeInfinite, sketch.Find("nan")!.Numbers!.Nans));
    }

    // Histograms of parts have the edges of the parts.
    private static TableSketch Bare(TableSketch table) =>
        table with { Columns = [.. table.Columns.Select(column => column with { Numbers = column.Numbers is { } numbers ? numbers with { Histograms = null } : null })] };

    private static async Task<TableSketch> Sketch(House house, string profile) => TableSketch.Parse(await Bytes(house, (await Read(house, profile)).GetProperty("sketch").GetString()!));

    private static async Task<JsonElement> Read(House house, string digest) => JsonElement.Parse(await Bytes(house, digest));

    private static async Task<byte[]> Bytes(House house, string digest)
    {
        using var bytes = new MemoryStream();
        await house.Blobs.CopyTo(digest, null, bytes, default);
        return bytes.ToArray();
    }
}
