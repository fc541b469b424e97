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
        foreach (var stage in (string[])
        [
            "ingest", "check", "split", "train", "evaluate", "register", "again", "refuse", "version", "approver", "inventory", "ask", "except", "sign", "deploy", "canary", "traffic", "monitor",
            "answers", "shock", "halt", "retrain", "roll back", "as of", "audit",
        ])
        {
            Assert.Contains(demo.Lines, line => line.Contains($"s  {stage} ", StringComparison.Ordinal));
        }

        Assert.Contains(demo.Lines, line => line.Contains("factor 100", StringComparison.Ordinal));
        Assert.Contains(demo.Lines, line => line.Contains("four-fifths", StringComparison.Ordinal));
        Assert.Equal(3, demo.Lines.Count(line => line.Contains("s  sign ", StringComparison.Ordinal)));
        Assert.Equal(3, demo.Lines.Count(line => line.Contains("s  answers ", StringComparison.Ordinal)));
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
        Assert.Empty(Left());
    }

    /// <summary>The program that a step runs does not listen when it is asked to end.</summary>
    [Fact]
    public async Task Ctrl_C_ends_a_program_that_will_not_and_leaves_nothing_behind()
    {
        var shown = Directory.CreateTempSubdirectory("slipway-demo-script-").FullName;
        await File.WriteAllTextAsync(Path.Combine(shown, "demo.yaml"), "title: Stubborn\npipeline: pipeline.yaml\n");
        await File.WriteAllTextAsync(Path.Combine(shown, "pipeline.yaml"), """
            pipeline: stubborn
            steps:
              quick: { uses: command, with: { run: [sh, -c, "true"] } }
              wait: { uses: command, needs: [quick], with: { run: [sh, -c, "trap '' TERM INT; while :; do sleep 1; done", stubborn-FOLDER] } }
            """.Replace("FOLDER", Path.GetFileName(_folder), StringComparison.Ordinal));
        try
        {
            await using var demo = DemoProcess.Start(_folder, "--script", Path.Combine(shown, "demo.yaml"));
            await demo.Reach("quick");
            for (var i = 0; i < 600 && !Left().Any(line => line.Contains("stubborn-", StringComparison.Ordinal)); i++) { await Task.Delay(100); }

            Assert.Contains(Left(), line => line.Contains("stubborn-", StringComparison.Ordinal));
            var code = await demo.Interrupt();

            Assert.True(code == 0, string.Join('\n', demo.Lines));
            Assert.Empty(Left());
            Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        }
        finally { Directory.Delete(shown, recursive: true); }
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

    /// <summary>Command lines of the processes that work in the folder or name it.</summary>
    private List<string> Left()
    {
        var name = Path.GetFileName(_folder);
        return [.. Process.GetProcesses().Select(process => Told(process.Id)).OfType<(string Folder, string Line)>().Where(told => told.Folder.Contains(name, StringComparison.Ordinal) || told.Line.Contains(name, StringComparison.Ordinal)).Select(told => told.Line)];
    }

    private static (string Folder, string Line)? Told(int process)
    {
        try { return (new FileInfo($"/proc/{process}/cwd").LinkTarget ?? "", File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' ')); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { return null; }
    }
}
