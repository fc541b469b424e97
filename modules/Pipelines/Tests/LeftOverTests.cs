using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
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
            CommandFolder.Sweep(folders, NullLogger.Instance);

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await left.WaitForExitAsync(limit.Token);
            Assert.False(stranger.HasExited);
            Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(folder.Path)!));
            CommandFolder.Sweep(new ServerFolders(Path.Combine(data.FullName, "never used")), NullLogger.Instance);
        }
        finally
        {
            foreach (var process in (Process[])[left, stranger]) { process.Kill(); }

            data.Delete(recursive: true);
        }
    }

    /// <summary>Killed between the start of a program and the note of which one it is.</summary>
    [Fact]
    public async Task A_program_that_nobody_had_time_to_write_down_ends_at_the_next_start()
    {
        var data = Directory.CreateTempSubdirectory("slipway-test-");
        var folders = new ServerFolders(data.FullName);
        var folder = CommandFolder.Of(folders, "run", "step");
        Directory.CreateDirectory(folder.Out);
        var start = new ProcessStartInfo("setsid", ["sleep", "600"]) { Environment = { [CommandFolder.OutVariable] = folder.Out } };
        using var left = Process.Start(start)!;
        using var other = Process.Start(new ProcessStartInfo("sleep", ["600"]) { Environment = { [CommandFolder.OutVariable] = folder.Path + "-of-another/out" } })!;
        try
        {
            while (!(await File.ReadAllTextAsync($"/proc/{left.Id}/environ")).Contains(folder.Out, StringComparison.Ordinal)) { await Task.Delay(5); }

            folder.EndLeftOver();

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await left.WaitForExitAsync(limit.Token);
            Assert.False(other.HasExited);
        }
        finally
        {
            foreach (var process in (Process[])[left, other]) { process.Kill(); }

            data.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_is_removed_whatever_modes_it_has_and_what_its_links_lead_to_is_left_as_it_is()
    {
        if (OperatingSystem.IsWindows()) { return; } // modes are of Unix
        const UnixFileMode readOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        var outside = Directory.CreateTempSubdirectory("slipway-test-");
        var work = Directory.CreateTempSubdirectory("slipway-test-");
        var modules = work.CreateSubdirectory("modules");
        var inner = modules.CreateSubdirectory("inner");
        File.WriteAllText(Path.Combine(inner.FullName, "source"), "");
        File.CreateSymbolicLink(Path.Combine(inner.FullName, "link"), outside.FullName);
        foreach (var folder in (DirectoryInfo[])[outside, inner, modules, work]) { folder.UnixFileMode = readOnly; }

        inner.UnixFileMode = UnixFileMode.None;
        try
        {
            // Removal alone would tell nothing here: modes do not bind root.
            FolderRemoval.Open(work.FullName);
            foreach (var folder in (DirectoryInfo[])[work, modules, inner])
            {
                Assert.Equal(readOnly | UnixFileMode.UserWrite, new DirectoryInfo(folder.FullName).UnixFileMode);
            }

            Assert.Equal(readOnly, new DirectoryInfo(outside.FullName).UnixFileMode);
            foreach (var folder in (DirectoryInfo[])[inner, modules, work]) { folder.UnixFileMode = readOnly; }

            FolderRemoval.Remove(work.FullName);
            Assert.False(Directory.Exists(work.FullName));
            Assert.True(Directory.Exists(outside.FullName));
        }
        finally { outside.Delete(); }
    }

    /// <summary>A program in a process group of its own.</summary>
    private static async Task<Process> Sleeper()
    {
        var process = Process.Start(new ProcessStartInfo("setsid", ["sleep", "600"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        while (!ProcessGroup.Of(process.Id).HasMembers()) { await Task.Delay(5); }

        return process;
    }
}
