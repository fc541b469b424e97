using System.Diagnostics;
using System.Text;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Tests.Engine;

public sealed class WorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory, EachDatabase]
    public async Task A_worker_killed_in_the_middle_changes_nothing_and_the_server_goes_on(string database)
    {
        if (!OperatingSystem.IsLinux()) { return; }

        await using var house = await House.Open(database);
        await house.Add("t", "a\n1\n");
        var before = await house.State();
        var large = new StringBuilder("a,b,c,d\n");
        for (var i = 0; i < 400_000; i++) { large.Append(i).Append(",text ").Append(i % 1_000).Append(',').Append(i * 0.37).Append(",2026-01-02\n"); }

        var adding = house.Post("t/versions?format=csv", large.ToString());
        await Kill(house.Server.Folder, adding);
        var (status, body) = await adding;

        Assert.True(status == 422, body);
        Assert.Contains("The worker ended over this file; nothing was changed", House.Json<ProblemView>(body).Detail, StringComparison.Ordinal);
        Assert.Equal(before, await house.State());
        Assert.Equal(2, (await house.Add("t", "a\n2\n")).Version);
    }

    [Fact]
    public async Task What_a_crash_has_left_is_swept_at_the_next_start()
    {
        var folder = "";
        await using var server = await TestServer.Start(TestDatabase.Sqlite, options =>
        {
            folder = Path.Combine(options.Data, "datasets-work", "left");
            Directory.CreateDirectory(Path.Combine(folder, "work"));
            File.WriteAllText(Path.Combine(folder, "work", "source"), "secret");
            return options;
        });

        Assert.False(Directory.Exists(folder));
    }

    /// <summary>Kills the worker whose folder lies below the server's.</summary>
    private static async Task Kill(string folder, Task adding)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && !adding.IsCompleted; await Task.Delay(2))
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => path[6..].All(char.IsAsciiDigit)))
            {
                if (Works(process, folder))
                {
                    try { Process.GetProcessById(int.Parse(process[6..], System.Globalization.CultureInfo.InvariantCulture)).Kill(); }
                    catch (ArgumentException) { return; }

                    return;
                }
            }
        }

        Assert.Fail("No worker was seen before the file was done.");
    }

    // The working directory of a worker is its folder.
    private static bool Works(string process, string folder)
    {
        try { return new FileInfo(Path.Combine(process, "cwd")).ResolveLinkTarget(returnFinalTarget: false)?.FullName.StartsWith(folder, StringComparison.Ordinal) == true; }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { return false; }
    }
}
