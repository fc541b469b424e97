using System.IO.MemoryMappedFiles;
using Slipway.Kernel;

namespace Slipway.Serving.Log;

/// <summary>
/// The last position that was handed out, in a page of memory that belongs to a file: it outlives the process (<c>kill -9</c>), and not a power cut, which a changed boot id tells. So the loss of a killed
/// process is known to the row, and that of a machine by what had been reserved.
/// </summary>
internal sealed class HandedOut : IDisposable
{
    private const int FileBytes = 4096;
    private const string BootFile = "/proc/sys/kernel/random/boot_id";
    private static readonly Lazy<long> Boot = new(ReadBoot);
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _page;

    /// <exception cref="IOException">The disk is full or failed.</exception>
    public HandedOut(string path)
    {
        // Its bytes are on the disk before the page is used: a page without room would end the process.
        if (!File.Exists(path) || new FileInfo(path).Length != FileBytes) { DurableFiles.Replace(path + ".tmp", path, new byte[FileBytes]); }

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, FileBytes);
        _page = _file.CreateViewAccessor(0, FileBytes);
        (SameBoot, Last) = (Boot.Value != 0 && _page.ReadInt64(0) == Boot.Value, _page.ReadInt64(8));
    }

    /// <summary>What was found was written since the machine started.</summary>
    public bool SameBoot { get; }

    /// <summary>What was found.</summary>
    public long Last { get; }

    public void Set(long position) => _page.Write(8, position);

    /// <summary>From now on it counts for this boot.</summary>
    public void Begin(long position)
    {
        _page.Write(8, position);
        _page.Write(0, Boot.Value);
    }

    public void Dispose()
    {
        _page.Dispose();
        _file.Dispose();
    }

    private static long ReadBoot() => OperatingSystem.IsLinux() && File.Exists(BootFile) && Guid.TryParse(File.ReadAllText(BootFile).Trim(), out var id)
        ? BitConverter.ToInt64(id.ToByteArray()) : 0;
}
