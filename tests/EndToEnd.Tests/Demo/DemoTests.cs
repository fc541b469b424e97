using System.Diagnostics;

namespace Slipway.EndToEnd.Tests;

/// <summary>The demo as a newcomer runs it.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_tells_every_stage_and_leaves_nothing_behind()
    {
        await using var demo = DemoProcess.Start(_folder, "--exit");

        var code = await demo.End();

        Assert.True(code == 0, string.Join('\n', demo.Lines));
        foreach (var stage in (string[])["ingest", "check", "split", "train", "evaluate", "register", "again", "refuse", "version", "audit"])
        {
            Assert.Contains(demo.Lines, line => line.Contains($"s  {stage} ", StringComparison.Ordinal));
        }

        Assert.Contains(demo.Lines, line => line.Contains("factor 100", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    /// <summary>A regression on other columns: nothing but the YAML differs.</summary>
    [Fact]
    public async Task Other_data_need_other_yaml_and_no_other_code()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "samples", "earnings", "demo.yaml");
        await using var demo = DemoProcess.Start(_folder, "--exit", "--script", script);

        var code = await demo.End();

        Assert.True(code == 0, string.Join('\n', demo.Lines));
        Assert.Contains(demo.Lines, line => line.Contains("s  register ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_leaves_nothing_behind()
    {
        await using var demo = DemoProcess.Start(_folder);
        await demo.Reach("ingest");

        var code = await demo.Interrupt();

        Assert.True(code == 0, string.Join('\n', demo.Lines));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        Assert.DoesNotContain(Process.GetProcesses(), process => CommandLineOf(process).Contains(_folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_of_somebody_else_is_refused()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "mine"));
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "thesis.txt"), "the only copy");
        await using var demo = DemoProcess.Start(_folder, "--exit", "--data", data.FullName);

        Assert.Equal(1, await demo.End());
        Assert.Contains(demo.Lines, line => line.Contains(data.FullName, StringComparison.Ordinal));
        Assert.Equal("the only copy", await File.ReadAllTextAsync(Path.Combine(data.FullName, "thesis.txt")));
    }

    private static string CommandLineOf(Process process)
    {
        try { return File.ReadAllText($"/proc/{process.Id}/cmdline"); }
        catch (IOException) { return ""; }
    }
}
