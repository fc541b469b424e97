using System.Globalization;

namespace Slipway.Cli;

/// <summary>Figures as people read them.</summary>
internal static class Show
{
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Four significant digits.</summary>
    public static string Number(double? value) => value is { } number ? number.ToString(Math.Abs(number) >= 1_000 ? "#,0.#" : "G4", CultureInfo.InvariantCulture) : "not a number";

    public static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The time of day, to the millisecond.</summary>
    public static string Clock(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string Took(long fromMs, long toMs) => ((toMs - fromMs) / 1000.0).ToString("0.0 's'", CultureInfo.InvariantCulture);

    /// <summary>The first twelve digits: enough to tell digests apart by eye.</summary>
    public static string Digest(string? digest) => digest is null ? "not recorded" : digest.Length > 12 ? digest[..12] : digest;

    public static string Plural(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
