using System.Globalization;
using System.Runtime.InteropServices;

namespace Slipway.Bench;

/// <summary>Where and when a figure was taken: it stands beside every figure in docs/benchmarks.md.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC · {Environment.ProcessorCount} cores · {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB · {RuntimeInformation.OSDescription} · {RuntimeInformation.FrameworkDescription} · load {Load()}");

    /// <summary>A fresh folder beside the working folder and not in /tmp, which may be memory, where a sync costs nothing.</summary>
    public static DirectoryInfo Folder() => Directory.CreateDirectory(Path.Combine("artifacts", "bench-data", Path.GetRandomFileName()));

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
}
