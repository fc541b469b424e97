using System.Diagnostics;
using System.Globalization;

namespace Slipway.Bench;

/// <summary>The load generator <c>wrk</c> (apt-get install wrk): one thread, a number of connections, a body made by Lua.</summary>
internal static class Wrk
{
    /// <param name="name">For the message when the server refuses.</param>
    /// <param name="body">Lua that returns the body of a POST, with a counter <c>i</c> at hand that goes on from round to round; null = GET.</param>
    /// <param name="folder">Where the script is put.</param>
    /// <param name="authorization">Value of that header; null = without.</param>
    /// <exception cref="InvalidOperationException">An answer was no success.</exception>
    public static async Task<WrkResult> Run(string name, Uri url, int connections, int seconds, string? body, string folder, string? authorization = null)
    {
        var script = Path.Combine(folder, "wrk.lua");
        await File.WriteAllTextAsync(script, body is null ? "" : $"i = os.time() % 100000 * 100000\nwrk.headers['Content-Type'] = 'application/json'\nfunction request()\n local body = (function() {body} end)()\n return wrk.format('POST', nil, nil, body)\nend\n");
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, .. authorization is null ? [] : (string[])["-H", $"Authorization: {authorization}"], url.AbsoluteUri]) { RedirectStandardOutput = true })!;
        var lines = (await wrk.StandardOutput.ReadToEndAsync()).Split('\n');
        await wrk.WaitForExitAsync();
        if (wrk.ExitCode != 0 || Array.Exists(lines, line => line.Contains("Non-2xx", StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"{name} was refused:\n{string.Join('\n', lines)}");
        }

        var requests = Array.Find(lines, line => line.Contains(" requests in ", StringComparison.Ordinal))!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return new(
            double.Parse(Value(lines, "Requests/sec:"), CultureInfo.InvariantCulture), Milliseconds(Value(lines, "50%")), Milliseconds(Value(lines, "99%")),
            long.Parse(requests, CultureInfo.InvariantCulture));
    }

    private static string Value(string[] lines, string label) =>
        Array.Find(lines, line => line.TrimStart().StartsWith(label, StringComparison.Ordinal))!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];

    private static double Milliseconds(string text) =>
        text.EndsWith("us", StringComparison.Ordinal) ? double.Parse(text[..^2], CultureInfo.InvariantCulture) / 1_000
        : text.EndsWith("ms", StringComparison.Ordinal) ? double.Parse(text[..^2], CultureInfo.InvariantCulture)
        : double.Parse(text[..^1], CultureInfo.InvariantCulture) * 1_000;
}

/// <param name="Rate">Requests a second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record WrkResult(double Rate, double P50, double P99, long Requests);
