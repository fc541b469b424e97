using System.Runtime.InteropServices;

namespace Slipway.Kernel;

/// <summary>Files that survive a power cut: content synced before the name, the name synced before anybody is told.</summary>
public static partial class DurableFiles
{
    private const int O_RDONLY = 0;
    private const int O_CLOEXEC = 0x80000;
    private const int ENOSPC = 28;
    private const int EDQUOT = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Writes a temporary file in the same file system, syncs it and gives it its name at once; <see cref="SyncDirectory"/> makes the name durable.</summary>
    public static void Replace(string temporary, string path, ReadOnlySpan<byte> content)
    {
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes the names in a directory durable. Windows keeps them in its journal and offers no such call.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) { return; }

        var handle = Open(directory, O_RDONLY | (OperatingSystem.IsLinux() ? O_CLOEXEC : 0));
        var failed = handle < 0 || Sync(handle) != 0;
        var error = Marshal.GetLastPInvokeError();
        if (handle >= 0) { _ = Close(handle); }

        if (failed) { throw new IOException($"The directory {directory} could not be synced: {Marshal.GetPInvokeErrorMessage(error)}.", error); }
    }

    public static StorageException Describe(IOException error, string what) => error.HResult is ENOSPC or EDQUOT or WindowsDiskFull
        ? new StorageException($"The disk that holds {what} is full; nothing was kept. Free space, then try again.", true, error)
        : new StorageException($"The disk that holds {what} failed ({error.Message}); nothing was kept.", false, error);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
