using System.Diagnostics;

namespace Slipway.EndToEnd.Tests;

/// <summary>The <c>slipway</c> command in a terminal, beside a running server.</summary>
internal sealed class Terminal(Uri server)
{
    private static readonly string Program = ServerProcess.Program.Replace(
        $"{Path.DirectorySeparatorChar}Server{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Cli{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        .Replace("Slipway.Server", "Slipway.Cli", StringComparison.Ordinal);

    /// <returns>What it wrote, to both streams.</returns>
    public async Task<string> Type(int expectedCode, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["SLIPWAY_SERVER"] = server.OriginalString;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var said = await output + await errors;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == expectedCode, $"slipway {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
        return said;
    }
}
