using System.Diagnostics;
using System.Globalization;

namespace Slipway.Serving.Tests.Log;

/// <summary>This program as another process that writes to a log until it is killed, and tells each prediction that it would have answered.</summary>
public sealed class KilledWriter
{
    private const string FolderVariable = "SERVING_TESTS_LOG_WRITER";
    private const string Mark = "answered ";

    /// <summary>Runs it until it has told so many, kills it (SIGKILL), and gives what it had told.</summary>
    /// <returns>First row's number of each request of three that was answered.</returns>
    internal static async Task<List<int>> Run(string folder, int answers)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Slipway.Serving.Tests");
        using var process = Process.Start(new ProcessStartInfo(program, ["--filter-method", $"*{nameof(KilledWriter)}.{nameof(Writes_until_it_is_killed)}"])
        {
             Environment = { [FolderVariable] = folder }, RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        List<int> told = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // What the test runner says stands between.
            if (!line.StartsWith(Mark, StringComparison.Ordinal)) { continue; }

            told.Add(int.Parse(line.AsSpan(Mark.Length), CultureInfo.InvariantCulture));
            if (told.Count == answers) { process.Kill(); }
        }

        await process.WaitForExitAsync();
        return told;
    }

    /// <summary>What the other process runs; without the variable it is not the other process, and there is nothing to do.</summary>
    [Fact]
    public async Task Writes_until_it_is_killed()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder) { await Write(folder); }
    }

    private static async Task Write(string folder)
    {
        await using var house = await LogHouse.Open(folder);
        var log = house.Deployment();
        // Written by one call each, so that a killed process leaves no half line.
        using var told = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false), FileAccess.Write, 0);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var number = Interlocked.Increment(ref next) * 3;
                await house.Append(log, number, 3);
                var line = System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}{number}\n"));
                lock (told) { told.Write(line); }
            }
        })));
    }
}
