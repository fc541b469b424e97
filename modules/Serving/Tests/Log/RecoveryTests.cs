using Slipway.Serving.Log;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Tests.Log;

/// <summary>What a log gives back after its process, its machine or its disk has failed.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task A_log_that_was_closed_goes_on_without_a_gap()
    {
        await using var first = await LogHouse.Open();
        await first.Append(first.Deployment(), 0, 10);
        await first.Log.StopAsync(CancellationToken.None);
        await using var second = await first.AfterCrash();
        await second.Append(second.Deployment(), 10, 10);

        var rows = await second.All(20);

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), rows.Select(row => row.Position));
        Assert.Equal(0, second.Log.Health(LogHouse.Workspace, LogHouse.Endpoint).Lost);
        Assert.NotNull(first.Deployment().Closed);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_does_not_keep_the_others_from_being_read()
    {
        await using var first = await LogHouse.Open();
        await first.Append(first.Deployment(), 0, 10);
        await first.All(10);

        await using var second = await first.AfterCrash(folder =>
        {
            var torn = Directory.CreateDirectory(Path.Combine(folder, "prediction-log", "live", "0"));
            File.WriteAllText(Path.Combine(torn.FullName, "endpoint.json"), "{");
        });

        Assert.Equal(10, (await second.All(10)).Count);
    }

    [Fact]
    public async Task After_a_power_cut_the_loss_is_at_most_what_was_reserved()
    {
        await using var first = await LogHouse.Open();
        await first.Append(first.Deployment(), 0, 10);
        await first.All(10);

        // Another boot: what the page of memory counted is not to be trusted.
        await using var second = await first.AfterCrash(folder => Flip(Directory.GetFiles(folder, "handed-out", SearchOption.AllDirectories).Single(), 0));
        var lost = second.Log.Health(LogHouse.Workspace, LogHouse.Endpoint).Lost;
        await second.Append(second.Deployment(), 10, 10);
        var rows = await second.All(20);

        Assert.Equal(1_024, lost);
        Assert.Equal(10 + lost + 1, rows[10].Position);
        Assert.All(rows, LogHouse.Sound);
    }

    [Fact]
    public async Task A_segment_cut_at_any_byte_holds_whole_groups_only()
    {
        await using var house = await Written(groups: 5);
        var path = house.Files("*.seg").Single();
        var bytes = await File.ReadAllBytesAsync(path);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var (segment, scan) = Scan(path, bytes.AsSpan(0, cut));

            Assert.Equal(0, segment.Rows % 3);
            Assert.Equal(segment.Rows, segment.Last);
            Assert.Equal(0, scan.Damaged);
            Assert.True(cut < bytes.Length || segment.Rows == 15);
        }
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_costs_one_group_at_most()
    {
        await using var house = await Written(groups: 5);
        var path = house.Files("*.seg").Single();
        var bytes = await File.ReadAllBytesAsync(path);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= (byte)(1 << (at % 8));
            var (segment, _) = Scan(path, bytes);

            Assert.True(segment.Rows is 15 or 12, $"The bit at {at} of {bytes.Length} costs {15 - segment.Rows} rows.");
            bytes[at] ^= (byte)(1 << (at % 8));
        }
    }

    [Fact]
    public async Task After_a_torn_tail_the_log_goes_on_and_gives_no_position_again()
    {
        await using var house = await Written(groups: 4);
        var length = new FileInfo(house.Files("*.seg").Single()).Length;
        var whole = await house.Rest();
        for (var cut = 0L; cut < length; cut += 37)
        {
            await using var after = await house.AfterCrash(folder => Cut(Segment(folder), cut));
            var rows = await after.Rest();

            Assert.Equal(whole.Take(rows.Count).Select(row => row.PredictionId), rows.Select(row => row.PredictionId));
            Assert.All(rows, LogHouse.Sound);
            Assert.Equal(whole.Count - rows.Count, after.Log.Health(LogHouse.Workspace, LogHouse.Endpoint).Lost);
            await after.Append(after.Deployment(), 900, 3);
            var more = await after.All(rows.Count + 3);
            Assert.All(more, LogHouse.Sound);
            Assert.Equal(whole.Count + 1, more[^3].Position);
        }
    }

    [Fact]
    public async Task A_damaged_group_is_left_out_and_counted()
    {
        await using var house = await Written(groups: 5);
        var length = new FileInfo(house.Files("*.seg").Single()).Length;
        var whole = await house.Rest();
        for (var at = 0; at < length; at += 41)
        {
            await using var after = await house.AfterCrash(folder => Flip(Segment(folder), at));
            var rows = await after.Rest();

            Assert.Equal(rows.Select(row => row.PredictionId), whole.Select(row => row.PredictionId).Intersect(rows.Select(row => row.PredictionId)));
            Assert.All(rows, LogHouse.Sound);
            Assert.Equal(15 - rows.Count, after.Log.Health(LogHouse.Workspace, LogHouse.Endpoint).Lost);
        }
    }

    [Fact]
    public async Task A_value_that_looks_like_a_frame_is_none()
    {
        await using var house = await LogHouse.Open();
        var log = house.Deployment();
        var forged = new ByteBuffer();
        GroupBuffer.WriteMark(forged, 0x4141414141414141, 1, 1_000_000, closed: true);
        var text = System.Text.Encoding.Latin1.GetString(forged.Written);
        Assert.Null(await log.Append(new LoggedRows { RequestId = Kernel.Ids.New(house.Clock), AtMs = 1, Role = DeploymentRole.Champion, Count = 1, Numbers = [3, 3001.5], Texts = [text] }));
        await house.All(1);

        await using var after = await house.AfterCrash(folder => Cut(Segment(folder), new FileInfo(Segment(folder)).Length - 1));

        Assert.Empty(await after.Rest());
        Assert.Equal(1, after.Log.Health(LogHouse.Workspace, LogHouse.Endpoint).Lost);
    }

    [Fact]
    public async Task A_bit_that_flips_while_the_server_runs_is_not_given_out_either()
    {
        await using var house = await Written(groups: 5);
        var segment = house.Files("*.seg").Single();
        var length = new FileInfo(segment).Length;
        for (var at = 0; at < length; at += 11)
        {
            Flip(segment, at);
            var rows = await house.Rest();

            Assert.True(rows.Count is 15 or 12);
            Assert.All(rows, LogHouse.Sound);
            Flip(segment, at);
        }

        Assert.Equal(15, (await house.Rest()).Count);
    }

    [Fact]
    public async Task While_the_log_cannot_be_written_nothing_is_predicted_and_afterwards_nothing_is_missing()
    {
        await using var house = await LogHouse.Open();
        var log = house.Deployment();
        var live = Path.GetDirectoryName(house.Files("endpoint.json").Single())!;
        Directory.Move(live, live + ".away");

        // The first rows are beyond what is reserved, so their caller waits, and learns it.
        var refused = await Append(log);
        Assert.Equal((503, "log_unavailable"), (refused!.Status, refused.Code));
        Assert.Equal("log_unavailable", log.Closed!.Code);
        Assert.Equal("log_unavailable", (await Append(log))!.Code);
        Directory.Move(live + ".away", live);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (log.Closed is not null) { await Task.Delay(10, limit.Token); }

        Assert.Null(await Append(log));
        // What was refused after it had got its position is there all the same.
        Assert.Equal(2, (await house.All(2)).Count);
        Assert.Equal(0, house.Log.Health(LogHouse.Workspace, LogHouse.Endpoint).Lost);
    }

    [Fact]
    public async Task Where_the_settings_allow_it_predictions_go_on_without_the_log()
    {
        await using var house = await LogHouse.Open(options: new ServingOptions { LogRequired = false });
        var log = house.Deployment();
        var live = Path.GetDirectoryName(house.Files("endpoint.json").Single())!;
        Directory.Move(live, live + ".away");
        await Append(log);

        Assert.Null(log.Closed);
        Assert.Null(await Append(log));

        Directory.Move(live + ".away", live);
        await house.All(1);
    }

    private static ValueTask<Kernel.Problem?> Append(DeploymentLog log) =>
        log.Append(new LoggedRows { RequestId = Kernel.Ids.New(TimeProvider.System), AtMs = 1, Role = DeploymentRole.Champion, Count = 1, Numbers = [1, 2], Texts = ["a"] });

    /// <summary>Groups of three rows each.</summary>
    private static async Task<LogHouse> Written(int groups)
    {
        var house = await LogHouse.Open();
        var log = house.Deployment();
        for (var i = 0; i < groups; i++)
        {
            await house.Append(log, i * 3, 3);
            await house.All((i + 1) * 3);
        }

        return house;
    }

    private static (Segment Segment, SegmentScan Scan) Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var segment = Slipway.Serving.Log.Segment.Found(path)!;
        return (segment, SegmentScan.Run(segment, bytes, long.MaxValue));
    }

    private static string Segment(string folder) => Directory.GetFiles(folder, "*.seg", SearchOption.AllDirectories).Single();

    private static void Cut(string file, long length)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.SetLength(length);
    }

    private static void Flip(string file, int at)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ (1 << (at % 8))));
    }
}
