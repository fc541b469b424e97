using System.Diagnostics;

namespace Slipway.EndToEnd.Tests;

/// <summary>The <c>slipway</c> command in a terminal, beside a running server.</summary>
internal sealed class Terminal(Uri server, string? key = null)
{
    private static readonly string Program = ServerProcess.Program.Replace(
        $"{Path.DirectorySeparatorChar}Server{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Cli{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        .Replace("Slipway.Server", "Slipway.Cli", StringComparison.Ordinal);

    /// <summary>The terminal of somebody with a key.</summary>
    public Terminal With(string secret) => new(server, secret);

    /// <returns>What it wrote, to both streams.</returns>
    public async Task<string> Type(int expectedCode, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["SLIPWAY_SERVER"] = server.OriginalString;
        if (key is not null) { start.Environment["SLIPWAY_KEY"] = key; }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var said = await output + await errors;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == expectedCode, $"slipway {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
        return said;
    }
}
