using Slipway.Serving.Ports;

namespace Slipway.Serving.Tests.Log;

public sealed class ArchiveTests
{
    private static readonly ServingOptions Small = new() { LogSegmentMib = 1, LogDays = 30 };

    [Fact]
    public async Task Closed_segments_become_parquet_and_are_read_as_before()
    {
        await using var house = await LogHouse.Open(options: Small);
        var ids = await Fill(house, 40_000);
        var before = await house.All(40_000);
        Assert.True(house.Files("*.seg").Length >= 2);

        await house.Keeper.Step(CancellationToken.None);

        Assert.Single(house.Files("*.seg"));
        Assert.NotEmpty(house.Files("*.parquet"));
        Assert.Equivalent(before.Take(100), (await house.Log.Read(LogHouse.Workspace, LogHouse.Endpoint, 0, 100, CancellationToken.None)).Predictions, strict: true);
        await Same(house, before, ids);
        await using var again = await house.AfterCrash();
        await Same(again, before, ids);
        Assert.Equal(0, again.Log.Health(LogHouse.Workspace, LogHouse.Endpoint).Lost);
    }

    [Fact]
    public async Task A_crash_before_the_segment_is_removed_doubles_nothing()
    {
        await using var house = await LogHouse.Open(options: Small);
        await Fill(house, 40_000);
        await house.All(40_000);
        await using var kept = await house.AfterCrash();
        var segments = house.Files("*.seg").ToDictionary(file => Path.GetRelativePath(house.Folder, file), File.ReadAllBytes);
        await house.Keeper.Step(CancellationToken.None);

        await using var again = await house.AfterCrash(folder =>
        {
            foreach (var (file, bytes) in segments) { File.WriteAllBytes(Path.Combine(folder, file), bytes); }

            File.WriteAllText(Path.Combine(Path.GetDirectoryName(Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories)[0])!, "half.parquet.tmp"), "PAR1");
        });

        Assert.Equal(Enumerable.Range(1, 40_000).Select(i => (long)i), (await again.Rest()).Select(row => row.Position));
        Assert.Single(again.Files("*.seg"));
        Assert.Empty(again.Files("*.tmp"));
    }

    [Fact]
    public async Task Deployments_with_other_fields_share_a_file_and_keep_their_own()
    {
        await using var house = await LogHouse.Open(options: Small);
        var other = new PredictionSchema([new("purpose", true, 0), new("RATIO", true, 1), new("it's \"quoted\"; --", false, 0)]);
        for (var i = 0; i < 4_000; i += 100)
        {
            await house.Append(house.Deployment(), i * 10, 1_000);
            await house.Durable(i * 11);

            Assert.Null(await house.Deployment("d2", 2, schema: other).Append(new()
            {
                RequestId = Kernel.Ids.New(house.Clock), AtMs = i, Role = DeploymentRole.Canary, Count = 100,
                Numbers = [.. Enumerable.Range(i, 100).SelectMany(value => (double[])[value, double.NaN])], Texts = [.. Enumerable.Repeat("'\"\n", 100)],
            }));
        }

        await house.All(44_000);
        await house.Keeper.Step(CancellationToken.None);
        Assert.NotEmpty(house.Files("*.parquet"));
        var rows = await house.Rest();

        Assert.Equal(44_000, rows.Count);
        Assert.All(rows.Where(row => row.Version == 1 && row.Position % 11 == 0), LogHouse.Sound);
        var ours = rows.Where(row => row.Version == 2).ToList();
        Assert.Equal(Enumerable.Range(0, 4_000), ours.Select(row => (int)row.Numbers[0]));
        Assert.All(ours, row =>
        {
            Assert.Equal(double.NaN, row.Numbers[1]);
            Assert.Equal("'\"\n", row.Texts[0]);
            Assert.Equal((null, null, null, DeploymentRole.Canary), (row.Unit, row.Score, row.Decision, row.Role));
            Assert.Equal(other.Fields, row.Schema.Fields);
        });
    }

    [Fact]
    public async Task Predictions_past_their_time_are_removed_file_by_file()
    {
        await using var house = await LogHouse.Open(options: Small);
        await Fill(house, 40_000);
        await house.All(40_000);
        await house.Keeper.Step(CancellationToken.None);
        var files = house.Files("*.parquet").Length;
        house.Clock.Advance(TimeSpan.FromDays(29));
        await house.Keeper.Step(CancellationToken.None);
        Assert.Equal(files, house.Files("*.parquet").Length);

        house.Clock.Advance(TimeSpan.FromDays(2));
        await house.Append(house.Deployment(), 40_000);
        await house.All(1);
        await house.Keeper.Step(CancellationToken.None);

        // What is left has a newer row in the same file.
        Assert.True(house.Files("*.parquet").Length <= 1);
        var rest = await house.Rest();
        Assert.InRange(rest.Count, 1, 20_000);
        Assert.Equal(40_001, rest[^1].Position);
        Assert.Equal(0, house.Log.Health(LogHouse.Workspace, LogHouse.Endpoint).Lost);
    }

    private static async Task<List<string>> Fill(LogHouse house, int rows)
    {
        List<string> ids = [];
        for (var i = 0; i < rows; i += 100)
        {
            ids.AddRange(await house.Append(house.Deployment(), i, 100));
            if (i % 3_000 == 0) { await house.Durable(i); }
        }

        return ids;
    }

    private static async Task Same(LogHouse house, List<Prediction> before, List<string> ids)
    {
        var rows = await house.Rest();
        Assert.Equal(before.Select(row => row.Position), rows.Select(row => row.Position));
        Assert.Equal(ids, rows.Select(row => row.PredictionId));
        Assert.All(rows.Where((_, i) => i % 11 == 0), LogHouse.Sound);
        Assert.Equal(77, (await house.Log.Find(LogHouse.Workspace, LogHouse.Endpoint, ids[77], CancellationToken.None))!.Numbers[0]);
        var newest = await house.Log.Latest(LogHouse.Workspace, LogHouse.Endpoint, before[500].Position + 1, 400, CancellationToken.None);
        Assert.Equal(before.Skip(101).Take(400).Select(row => row.Position).Reverse(), newest.Select(row => row.Position));
    }
}
