using Slipway.Kernel;
using Slipway.Serving.Log;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Tests.Log;

public sealed class PredictionLogTests
{
    [Fact]
    public async Task What_was_logged_is_read_as_it_was()
    {
        await using var house = await LogHouse.Open();
        var log = house.Deployment();
        var request = Ids.New(house.Clock);
        Assert.Null(await log.Append(new LoggedRows
        {
            RequestId = request,
            AtMs = 1_795_000_000_123,
            Role = DeploymentRole.Shadow,
            Count = 2,
            RowNumbers = [4, 7],
            Units = ["Ünïcode \0 ‰ 🙂", null],
            Numbers = [double.NaN, double.PositiveInfinity, -0.0, 1e-308],
            Texts = [null, ""],
            Scores = [double.NaN, 0.25],
            Decisions = [null, "deny"],
        }));

        var rows = await house.All(2);

        Assert.Equal([1, 2], rows.Select(row => row.Position));
        Assert.Equal([$"{request}-4", $"{request}-7"], rows.Select(row => row.PredictionId));
        Assert.All(rows, row => Assert.Equal((1_795_000_000_123, "d1", 1, DeploymentRole.Shadow), (row.AtMs, row.DeploymentId, row.Version, row.Role)));
        Assert.Equal(["Ünïcode \0 ‰ 🙂", null], rows.Select(row => row.Unit));
        Assert.Equal([double.NaN, double.PositiveInfinity], rows[0].Numbers);
        Assert.Equal([-0.0, 1e-308], rows[1].Numbers);
        Assert.Equal([null, ""], rows.Select(row => row.Texts[0]));
        Assert.Equal([null, 0.25], rows.Select(row => row.Score));
        Assert.Equal([null, "deny"], rows.Select(row => row.Decision));
        Assert.Same(rows[0].Schema, rows[1].Schema);
    }

    [Fact]
    public async Task A_log_keeps_its_name_as_long_as_its_folder_and_tells_its_end()
    {
        await using var house = await LogHouse.Open();
        Assert.Null(house.Log.Place(LogHouse.Workspace, LogHouse.Endpoint));
        await house.Append(house.Deployment(), 0, 10);
        await house.All(10);
        var place = house.Log.Place(LogHouse.Workspace, LogHouse.Endpoint)!;
        await using var copy = await house.AfterCrash();
        await using var other = await LogHouse.Open();
        other.Deployment();

        Assert.Equal(10, place.End);
        Assert.Equal(32, place.LogId.Length);
        Assert.Equal(place.LogId, copy.Log.Place(LogHouse.Workspace, LogHouse.Endpoint)!.LogId);
        Assert.NotEqual(place.LogId, other.Log.Place(LogHouse.Workspace, LogHouse.Endpoint)!.LogId);
    }

    [Fact]
    public async Task Reading_goes_on_after_the_last_position_and_stops_at_the_end()
    {
        await using var house = await LogHouse.Open();
        var log = house.Deployment();
        for (var i = 0; i < 25; i++) { await house.Append(log, i * 10, 10); }

        await house.All(250);
        var first = await house.Log.Read(LogHouse.Workspace, LogHouse.Endpoint, 0, 99, CancellationToken.None);
        var second = await house.Log.Read(LogHouse.Workspace, LogHouse.Endpoint, first.Next, 10_000, CancellationToken.None);
        var third = await house.Log.Read(LogHouse.Workspace, LogHouse.Endpoint, second.Next, 10_000, CancellationToken.None);

        Assert.Equal((99, 99), (first.Predictions.Count, first.Next));
        Assert.Equal(Enumerable.Range(99, 151), second.Predictions.Select(row => (int)row.Numbers[0]));
        Assert.Empty(third.Predictions);
        Assert.Equal(second.Next, third.Next);
    }

    [Fact]
    public async Task The_newest_come_first_and_page_by_page()
    {
        await using var house = await LogHouse.Open();
        var log = house.Deployment();
        for (var i = 0; i < 30; i++) { await house.Append(log, i * 100, 100); }

        await house.All(3_000);
        var newest = await house.Log.Latest(LogHouse.Workspace, LogHouse.Endpoint, 0, 1_001, CancellationToken.None);
        var before = await house.Log.Latest(LogHouse.Workspace, LogHouse.Endpoint, newest[^1].Position, 3, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 1_001).Select(i => 2_999 - i), newest.Select(row => (int)row.Numbers[0]));
        Assert.Equal([1998, 1997, 1996], before.Select(row => (int)row.Numbers[0]));
    }

    [Fact]
    public async Task A_prediction_is_found_by_its_id()
    {
        await using var house = await LogHouse.Open();
        var log = house.Deployment();
        List<string> ids = [];
        for (var i = 0; i < 40; i++)
        {
            house.Clock.Advance(TimeSpan.FromMilliseconds(i));
            ids.AddRange(await house.Append(log, i * 10, 10));
        }

        await house.All(400);
        foreach (var i in (int[])[0, 9, 10, 123, 399])
        {
            var found = await house.Log.Find(LogHouse.Workspace, LogHouse.Endpoint, ids[i], CancellationToken.None);

            Assert.Equal(ids[i], found!.PredictionId);
            Assert.Equal(i, found.Numbers[0]);
        }

        foreach (var unknown in (string[])[ids[0][..^1] + "99", Ids.New(house.Clock) + "-0", "", "-", ids[0].ToUpperInvariant(), ids[0] + " ", ids[0][..32], ids[0][..33] + "00"])
        {
            Assert.Null(await house.Log.Find(LogHouse.Workspace, LogHouse.Endpoint, unknown, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Eight_at_once_lose_and_mix_nothing()
    {
        await using var house = await LogHouse.Open();
        var logs = Enumerable.Range(0, 8).Select(writer => house.Deployment($"d{writer}", writer)).ToList();

        await Task.WhenAll(logs.Select((log, writer) => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++) { await house.Append(log, writer * 100_000 + i * 3, 3); }
        })));
        var rows = await house.All(12_000);

        Assert.Equal(Enumerable.Range(1, 12_000).Select(i => (long)i), rows.Select(row => row.Position));
        Assert.All(rows, LogHouse.Sound);
        foreach (var group in rows.GroupBy(row => row.Version))
        {
            Assert.Equal(Enumerable.Range((int)group.Key * 100_000, 1_500), group.Select(row => (int)row.Numbers[0]));
        }
    }

    [Fact]
    public async Task A_million_rows_are_read_back_in_order()
    {
        await using var house = await LogHouse.Open(options: new ServingOptions { LogSegmentMib = 4 });
        var log = house.Deployment();
        for (var i = 0; i < 1_000; i++)
        {
            await house.Append(log, i * 1_000, 1_000);
            if (i % 100 == 0) { await house.Durable(i * 1_000); }
        }

        var (next, after) = (0, 0L);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (next < 1_000_000)
        {
            var batch = await house.Log.Read(LogHouse.Workspace, LogHouse.Endpoint, after, 10_000, limit.Token);
            foreach (var row in batch.Predictions)
            {
                if (row.Numbers[0] != next || row.Position != next + 1) { Assert.Fail($"position {row.Position} holds {row.Numbers[0]} and should hold {next}"); }

                next++;
            }

            after = batch.Next;
        }

        Assert.True(house.Files("*.seg").Length > 3);
        Assert.Equal(new LogHealth(1_000_000, 0, 1_000_000, null), house.Log.Health(LogHouse.Workspace, LogHouse.Endpoint));
    }

    [Fact]
    public async Task Names_never_become_paths_and_workspaces_do_not_meet()
    {
        await using var house = await LogHouse.Open();
        (string Workspace, string Endpoint)[] names = [("default", "a"), ("other", "a"), ("default", "../../etc/passwd"), ("..", "/tmp/x"), ("def", "aulta"), ("default", "A")];
        for (var i = 0; i < names.Length; i++) { await house.Append(house.Deployment(workspace: names[i].Workspace, endpoint: names[i].Endpoint), i); }

        for (var i = 0; i < names.Length; i++)
        {
            var row = Assert.Single(await house.All(1, names[i].Endpoint, names[i].Workspace));
            Assert.Equal(i, row.Numbers[0]);
        }

        Assert.All(house.Files("*"), file => Assert.Matches("^live/[0-9a-f]{32}/(handed-out|endpoint[.]json|[0-9]{20}-[0-9a-f]{16}[.]seg)$", Path.GetRelativePath(Path.Combine(house.Folder, "prediction-log"), file)));
        Assert.Empty((await house.Log.Read("nobody", "a", 0, 10, CancellationToken.None)).Predictions);
        Assert.Equal(names.Length, Directory.GetDirectories(Path.Combine(house.Folder, "prediction-log", "live")).Length);
    }

    [Fact]
    public async Task A_wrong_shape_is_refused_and_nothing_is_logged()
    {
        await using var house = await LogHouse.Open();
        var log = house.Deployment();
        var request = Ids.New(house.Clock);

        await Assert.ThrowsAsync<ArgumentException>(async () => await log.Append(new LoggedRows { RequestId = request, AtMs = 1, Role = DeploymentRole.Champion, Count = 2, Numbers = [1, 2, 3], Texts = ["a", "b"] }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.Append(new LoggedRows { RequestId = request, AtMs = 1, Role = DeploymentRole.Champion, Count = 1, Numbers = [1, 2], Texts = ["a"], Scores = [1, 2] }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.Append(new LoggedRows { RequestId = "x", AtMs = 1, Role = DeploymentRole.Champion, Count = 1, Numbers = [1, 2], Texts = ["a"] }));
        Assert.Throws<ArgumentException>(() => house.Deployment("d2", schema: new PredictionSchema([new("a", true, 1)])));
        await house.Append(log, 5);

        Assert.Equal(5, Assert.Single(await house.All(1)).Numbers[0]);
    }
}
