using System.Diagnostics;
using System.Globalization;

namespace Slipway.Server;

/// <summary>The lines of a demo: when, what, result.</summary>
internal sealed class DemoTeller(TextWriter output)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <param name="stage">Empty = more about the stage before.</param>
    public void Say(string stage, string result) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_start).TotalSeconds,6:0.00} s  {stage,-10} {result}"));

    public static string Short(string? digest) => digest is null ? "unknown" : digest[..8];

    public static string Count(long value, string what) => $"{Number(value)} {what}{(value == 1 ? "" : "s")}";

    public static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <param name="share">0 to 1.</param>
    public static string Percent(double share) => share.ToString("0.# %", CultureInfo.InvariantCulture);
}
