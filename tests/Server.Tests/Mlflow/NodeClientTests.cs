using System.Diagnostics;

namespace Slipway.Server.Tests;

/// <summary>A client of another language, unchanged: the unofficial npm package <c>mlflow</c>, run by node against a running server.</summary>
public sealed class NodeClientTests
{
    [Theory, InlineData(""), InlineData("/w/default")]
    public async Task The_npm_package_logs_runs_and_registers_models(string workspace)
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "data", "node-client.cjs"), server.BaseAddress.GetLeftPart(UriPartial.Authority) + workspace, Root()]) { start.ArgumentList.Add(argument); }

        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();

        Assert.True(node.ExitCode == 0, $"{await errors}\n{await output}");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "package.json"))) { folder = folder.Parent!; }

        return folder.FullName;
    }
}
