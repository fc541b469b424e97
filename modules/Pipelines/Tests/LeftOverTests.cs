using System.Diagnostics;
using Slipway.Kernel;
using Slipway.Pipelines.Kinds;

namespace Slipway.Pipelines.Tests;

/// <summary>What a killed server leaves behind, found by the next one.</summary>
public sealed class LeftOverTests
{
    [Fact]
    public async Task Programs_of_a_killed_server_end_at_the_next_start_and_their_folders_are_gone()
    {
        var data = Directory.CreateTempSubdirectory("slipway-test-");
        var folders = new ServerFolders(data.FullName);
        var folder = CommandFolder.Of(folders, "run", "step");
        Directory.CreateDirectory(folder.Out);
        await File.WriteAllTextAsync(Path.Combine(folder.Out, "half"), "");
        using var left = await Sleeper();
        ProcessGroup.Of(left.Id).Keep(folder.ProcessFile);

        // The number of a process that has ended may belong to somebody else by now, who is left alone.
        using var stranger = await Sleeper();
        (ProcessGroup.Of(stranger.Id) with { StartTicks = 1 }).Keep(CommandFolder.Of(folders, "run", "other").ProcessFile);

        try
        {
            CommandFolder.Sweep(folders);

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await left.WaitForExitAsync(limit.Token);
            Assert.False(stranger.HasExited);
            Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(folder.Path)!));
            CommandFolder.Sweep(new ServerFolders(Path.Combine(data.FullName, "never used")));
        }
        finally
        {
            foreach (var process in (Process[])[left, stranger]) { process.Kill(); }

            data.Delete(recursive: true);
        }
    }

    /// <summary>A program in a process group of its own.</summary>
    private static async Task<Process> Sleeper()
    {
        var process = Process.Start(new ProcessStartInfo("setsid", ["sleep", "600"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        while (!ProcessGroup.Of(process.Id).HasMembers()) { await Task.Delay(5); }

        return process;
    }
}
