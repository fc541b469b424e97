using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Slipway.Kernel;

/// <summary>
/// Lets what streams through a large file use the same few pages of the system's memory over and over. Fresh pages are what others then miss, and where a machine is lent its
/// memory page by page, fetching them is most of the time of a large upload. Linux only; elsewhere it does nothing.
/// </summary>
internal static partial class PageCache
{
    /// <summary>Smaller files stay in the cache.</summary>
    public const long WindowBytes = 8L << 20;

    private const uint Begin = 2; // SYNC_FILE_RANGE_WRITE
    private const uint BeginAndEnd = 7; // and WAIT_BEFORE, WAIT_AFTER
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED
    private static readonly int[] NotOffered = [1, 22, 29, 38, 95]; // EPERM, EINVAL, ESPIPE, ENOSYS, EOPNOTSUPP

    /// <summary>After a piece has been written up to <paramref name="end"/>: begins to bring each full window to the disk, and lets go of the one before, once that is there.</summary>
    /// <exception cref="IOException">The disk failed. It says so once: a later sync of the file may not.</exception>
    public static void Written(SafeFileHandle file, long end)
    {
        if (!OperatingSystem.IsLinux() || end % WindowBytes != 0 || end == 0) { return; }

        Sync(file, end - WindowBytes, Begin);
        if (end == WindowBytes) { return; }

        Sync(file, end - 2 * WindowBytes, BeginAndEnd);
        LetGo(file, end - 2 * WindowBytes, WindowBytes);
    }

    /// <summary>After the file has been synced; a small one stays.</summary>
    public static void Synced(SafeFileHandle file, long sizeBytes)
    {
        if (sizeBytes > WindowBytes) { LetGo(file, 0, 0); }
    }

    /// <summary>After a piece has been read up to <paramref name="end"/>: lets go of each full window.</summary>
    public static void Read(SafeFileHandle file, long end)
    {
        if (end % WindowBytes == 0 && end > 0) { LetGo(file, end - WindowBytes, WindowBytes); }
    }

    private static void LetGo(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux()) { _ = Advise(file, offset, length, DontNeed); }
    }

    private static void Sync(SafeFileHandle file, long offset, uint flags)
    {
        if (SyncRange(file, offset, WindowBytes, flags) == 0 || Marshal.GetLastPInvokeError() is var error && NotOffered.Contains(error)) { return; }

        throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int SyncRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
