using System.Runtime.InteropServices;

namespace Slipway.DuckDb;

/// <summary>Where the program with the verb <c>duckdb-worker</c> is.</summary>
public static class DuckDbProgram
{
    private const string Server = "Slipway.Server";

    /// <summary>The server's program: this process when it is the server, otherwise the one in the folder of this program, as in tests and benchmarks.</summary>
    /// <exception cref="DuckDbException">There is none (<see cref="DuckDbErrorKind.Library"/>).</exception>
    public static string Find()
    {
        if (Environment.ProcessPath is { } process && Path.GetFileNameWithoutExtension(process) == Server) { return process; }

        var beside = Path.Combine(AppContext.BaseDirectory, Server + ".dll");
        return File.Exists(beside) ? beside
            : throw new DuckDbException(DuckDbErrorKind.Library, $"{beside}, which DuckDB's worker process runs, does not exist: build the server, or publish it again.");
    }

    /// <summary>The command that starts a program: itself, or dotnet for a .dll.</summary>
    internal static (string File, string? First) Command(string program) =>
        program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? (Path.Combine(DotnetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), program) : (program, null);

    /// <summary>The folder of the dotnet that runs this process: three above its framework's.</summary>
    internal static string DotnetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
