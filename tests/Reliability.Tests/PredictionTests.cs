using System.Collections.Concurrent;

namespace Slipway.Reliability.Tests;

/// <summary>Every prediction that was answered is in the log, or is counted as lost.</summary>
public sealed class PredictionTests
{
    [Fact]
    public async Task What_was_answered_before_kill_9_is_logged_or_counted_as_lost()
    {
        using var folder = new Folder();
        var server = await ServerProcess.Start(folder.Path);
        using (var http = server.NewClient()) { await ServedModel.Open(http); }

        var (answered, random, missing, lost) = (new ConcurrentDictionary<string, int>(), new Random(7), 0, 0L);
        for (var cycle = 0; cycle < Effort.Of(ci: 3, full: 60); cycle++)
        {
            using (var http = server.NewClient())
            {
                var load = Enumerable.Range(0, 8).Select(worker => Task.Run(() => Ask(http, worker * 10, answered))).ToList();
                await Task.Delay(random.Next(200, 800));
                await server.Kill();
                await Task.WhenAll(load);
            }

            await server.DisposeAsync();
            server = await ServerProcess.Start(folder.Path);
            using var after = server.NewClient();
            var kept = await ServedModel.Kept(after);
            (missing, lost) = (answered.Keys.Count(id => !kept.ContainsKey(id)), await ServedModel.Metric(after, "slipway_serving_log_lost"));

            Assert.True(missing <= lost, $"{missing} answered predictions are missing and {lost} are counted as lost.");
            Assert.All(answered.Where(one => kept.ContainsKey(one.Key)), one => Assert.Equal(one.Value, kept[one.Key]));
        }

        await server.DisposeAsync();
        Assert.True(answered.Count > 100, "The load was too small to mean anything.");
        Report.Line($"predictions under kill -9: {answered.Count:#,0} answered, {missing} of them not in the log, {lost} counted as lost, 0 altered");
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_predicted_and_nothing_that_was_is_lost()
    {
        using var folder = new Folder();
        await using var disk = await Privilege.OrSkip("a small disk (mount; needs root)", () => Tmpfs.Mount(Path.Combine(folder.Path, "disk"), "24m"));
        await using var server = await ServerProcess.Start(Path.Combine(disk.Path, "data"));
        using var http = server.NewClient();
        var model = await ServedModel.Open(http);
        var answered = new ConcurrentDictionary<string, int>();
        Assert.Equal(200, (await model.Predict(1)).Status);
        var ballast = Path.Combine(disk.Path, "ballast");
        await Fill(ballast);

        var refusals = new ConcurrentBag<int>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () => refusals.Add(await Ask(http, worker * 10, answered)))));
        Assert.All(refusals, status => Assert.Equal(503, status));
        File.Delete(ballast);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await model.Predict(1)).Status != 200) { await Task.Delay(50, limit.Token); }

        var (_, last) = await model.Predict(2);
        Dictionary<string, int> kept;
        while (!(kept = await ServedModel.Kept(http)).ContainsKey(last!)) { await Task.Delay(20, limit.Token); }

        Assert.All(answered, one => Assert.Equal(one.Value, kept[one.Key]));
        Assert.Equal(0, await ServedModel.Metric(http, "slipway_serving_log_lost"));
        Report.Line($"predictions on a full disk: {answered.Count:#,0} answered before, then 503; 0 lost, and it goes on once there is room");
    }

    /// <summary>Asks until it is refused or the server is gone; the last status, 0 when it is gone.</summary>
    private static async Task<int> Ask(HttpClient http, int number, ConcurrentDictionary<string, int> answered)
    {
        var model = new ServedModel(http);
        for (var i = 0; ; i++)
        {
            try
            {
                var (status, id) = await model.Predict(number + (i % 10));
                if (id is null) { return status; }

                answered[id] = number + (i % 10);
            }
            catch (HttpRequestException) { return 0; }
        }
    }

    /// <summary>As many bytes as there is room for.</summary>
    private static async Task Fill(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            for (var block = new byte[4096]; ;) { await file.WriteAsync(block); }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
