using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>Rule 6: clock, ids, blocking waits and the console are banned outside the few places that own them.</summary>
public sealed partial class BannedSymbolTests
{
    private static readonly string[] MustBeBanned =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.UtcNow", "M:System.Guid.NewGuid",
        "M:System.Threading.Tasks.Task.Wait", "P:System.Threading.Tasks.Task`1.Result", "M:System.Threading.Thread.Sleep(System.Int32)", "T:System.Console",
    ];

    // Project folders that may turn the ban off as a whole, and why.
    private static readonly string[] Owners =
    [
        "bench/", // measures by the stopwatch and prints
        "samples/", // show a person something
        "tests/EndToEnd.Tests/", // waits for a browser
        "tests/Reliability.Tests/", // prints its figures, and lives in the time of real processes and disks
    ];

    [Fact]
    public void The_list_bans_them()
    {
        var banned = Repository.Read("BannedSymbols.txt").Split('\n').Select(line => line.Split(';')[0]);

        Rule.Holds(MustBeBanned.Except(banned));
    }

    [Fact]
    public void A_project_that_turns_the_ban_off_is_one_of_the_owners() => Rule.Holds(
        Repository.Files(".csproj", ".props", ".editorconfig").SelectMany(ProjectFaults));

    [Fact]
    public void A_line_that_turns_the_ban_off_says_why() => Rule.Holds(Repository.Files(".cs").SelectMany(LineFaults));

    [Fact]
    public void Both_ways_around_the_ban_are_found()
    {
        Assert.Single(ProjectFaults(new SourceFile("modules/Tracking/Tracking.csproj", "<NoWarn>$(NoWarn);RS0030</NoWarn>")));
        Assert.Single(ProjectFaults(new SourceFile("Directory.Build.props", "<NoWarn>$(NoWarn);RS0030</NoWarn>")));
        Rule.Holds(ProjectFaults(new SourceFile("bench/Bench.csproj", "<NoWarn>$(NoWarn);RS0030</NoWarn>")));
        Assert.Single(LineFaults(new SourceFile("src/Kernel/X.cs", "#pragma warning disable RS0030\nvar now = DateTime.Now;")));
        Assert.Single(LineFaults(new SourceFile("src/Kernel/X.cs", "[SuppressMessage(\"ApiDesign\", \"RS0030\")]")));
        Rule.Holds(LineFaults(new SourceFile("src/Kernel/X.cs", "#pragma warning disable RS0030 // the one clock")));
    }

    [Fact]
    public async Task A_module_that_asks_the_system_for_the_time_does_not_compile()
    {
        // A project of its own under artifacts/, so that it gets the repository's settings as every module does.
        var folder = Path.Combine(Repository.Root, "artifacts", "fixtures", $"Banned{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "Banned.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\" />");
            await File.WriteAllTextAsync(Path.Combine(folder, "Late.cs"), "namespace Slipway.Banned;\n\ninternal static class Late\n{\n    public static DateTime Now() => DateTime.UtcNow;\n}\n");
            using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", folder, "--nologo", "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:UseArtifactsOutput=false"])
            {
                RedirectStandardOutput = true,
            })!;

            var output = await build.StandardOutput.ReadToEndAsync();
            await build.WaitForExitAsync();

            Assert.NotEqual(0, build.ExitCode);
            Assert.Contains("error RS0030", output, StringComparison.Ordinal);
            Assert.Contains("Take the time from TimeProvider", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> ProjectFaults(SourceFile file) =>
        file.Text.Contains("RS0030", StringComparison.Ordinal) && !Owners.Any(owner => file.Path.StartsWith(owner, StringComparison.Ordinal))
            ? [$"{file.Path} turns the ban off for a whole project"]
            : [];

    private static IEnumerable<string> LineFaults(SourceFile file) =>
        from line in file.Path.EndsWith("BannedSymbolTests.cs", StringComparison.Ordinal) ? [] : file.Lines
        where TurnsOff().IsMatch(line) && !Reason().IsMatch(line)
        select $"{file.Path}: {line.Trim()}";

    [GeneratedRegex(@"pragma warning disable.*RS0030|SuppressMessage.*RS0030")]
    private static partial Regex TurnsOff();

    [GeneratedRegex(@"//\s*\w+|Justification")]
    private static partial Regex Reason();
}
