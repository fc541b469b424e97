using System.Diagnostics;

namespace Slipway.Architecture.Tests;

/// <summary>Runs ./slipway as a newcomer's shell would, with a PATH that the test chooses.</summary>
internal sealed class Script : IDisposable
{
    // What the script itself calls, besides the two toolchains.
    private static readonly string[] Tools =
        ["bash", "cat", "cp", "cut", "dirname", "env", "find", "flock", "head", "id", "mkdir", "mv", "paste", "readlink", "rm", "sort", "tail"];

    private readonly string _path = Directory.CreateTempSubdirectory("slipway path ").FullName;

    public Script()
    {
        foreach (var tool in Tools) { Link(tool); }
    }

    /// <summary>Puts the machine's own tool on the PATH.</summary>
    public Script Link(string tool)
    {
        if (Find(tool) is { } real) { File.CreateSymbolicLink(Path.Combine(_path, tool), real); }

        return this;
    }

    /// <summary>Puts a tool on the PATH that prints this and ends well.</summary>
    public Script Fake(string tool, string prints)
    {
        var file = Path.Combine(_path, tool);
        File.WriteAllText(file, $"#!/bin/sh\necho '{prints}'\n");
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
        return this;
    }

    public async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "slipway"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["PATH"] = _path },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, (await errors).Trim());
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
}
