using System.Runtime.InteropServices;

namespace Slipway.DuckDb;

/// <summary>What the system lets the worker do at most. Linux; elsewhere DuckDB's own limits are all there is.</summary>
internal static partial class Bounds
{
    private const int DataSegment = 2, CoreFile = 4;
    private const int SetPipeSize = 1031;

    /// <summary>
    /// At most twice DuckDB's limit plus 1 GiB of writable memory, no core file, and first in line when the kernel must kill something.
    /// </summary>
    public static void Apply(long memoryBytes)
    {
        if (!OperatingSystem.IsLinux()) { return; }

        Set(DataSegment, (ulong)((2 * memoryBytes) + (1L << 30)));
        Set(CoreFile, 0);
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Containers may forbid it; the other bounds hold.
        }
    }

    /// <summary>Larger pipes need fewer switches between the processes; the system may give less.</summary>
    public static void WidenPipe(int descriptor)
    {
        if (OperatingSystem.IsLinux()) { _ = fcntl(descriptor, SetPipeSize, 1 << 20); }
    }

    /// <summary>Ends the process now: no finalizers, and no destructors of the library while its threads run.</summary>
    public static void Exit()
    {
        if (OperatingSystem.IsWindows()) { Environment.Exit(0); }

        _exit(0);
    }

    private static void Set(int resource, ulong value)
    {
        var limit = new Limit { Soft = value, Hard = value };
        _ = setrlimit(resource, ref limit);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport("libc")]
    private static partial int setrlimit(int resource, ref Limit limit);

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc")]
    private static partial void _exit(int code);
}
