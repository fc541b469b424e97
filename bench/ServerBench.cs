using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Testing;

namespace Slipway.Bench;

/// <summary>The whole program as its users start it: time to the first answer, memory, plain requests by wrk.</summary>
internal static partial class ServerBench
{
    private const int Rounds = 5;
    private const int WrkSeconds = 4;

    public static async Task Run(string[] args)
    {
        var folder = Machine.Folder();
        try
        {
            await Starts(folder.FullName);
            await using var server = await ServerProcess.Start(Path.Combine(folder.FullName, "requests"), command: Script());
            foreach (var path in (string[])["/health", "/health/ready"]) { await Requests(server, path); }
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Starts(string folder)
    {
        var first = new Figures("start to the first 200, empty data folder", "ms", "2,000 ms");
        var again = new Figures("start to the first 200, existing data folder", "ms", "2,000 ms");
        var idle = new Figures("resident memory, idle for 5 s", "MB", "150 MB");
        for (var round = 0; round < Rounds; round++)
        {
            var data = Path.Combine(folder, $"start{round}");
            await using (var server = await ServerProcess.Start(data, command: Script()))
            {
                first.Add(server.StartTook.TotalMilliseconds);
                await Task.Delay(TimeSpan.FromSeconds(5));
                idle.Add(server.ResidentBytes() / 1e6);
                await server.Stop();
            }

            await using var second = await ServerProcess.Start(data, command: Script());
            again.Add(second.StartTook.TotalMilliseconds);
        }

        first.Print();
        again.Print();
        idle.Print();
    }

    /// <summary><c>./slipway</c> where this is run in a checkout: what it adds in front of the program counts.</summary>
    private static string[] Script() => File.Exists("slipway") ? [Path.GetFullPath("slipway")] : [ServerProcess.Program];

    private static async Task Requests(ServerProcess server, string path)
    {
        var rate = new Figures($"GET {path}, 8 connections", "req/s");
        for (var round = 0; round < 3; round++)
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", "-c8", $"-d{WrkSeconds}s", "--latency", new Uri(server.BaseAddress, path).ToString()]) { RedirectStandardOutput = true })!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            rate.Add(double.Parse(RequestsPerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
            if (output.Contains("Non-2xx", StringComparison.Ordinal)) { throw new InvalidOperationException($"{path} was refused:\n{output}"); }
        }

        rate.Print();
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex RequestsPerSecond();
}
