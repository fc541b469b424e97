namespace Slipway.Reliability.Tests;

/// <summary>
/// An ext4 disk in a file, past the page cache (losetup --direct-io): what the file holds is what a disk would hold after a power cut. Needs root.
/// </summary>
internal sealed class LoopDisk : IAsyncDisposable
{
    private readonly string _device;

    private LoopDisk(string image, string device, string path) => (Image, _device, Path) = (image, device, path);

    public string Image { get; }

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    public static async Task<LoopDisk> Create(string folder, string name)
    {
        var image = System.IO.Path.Combine(folder, name + ".img");
        await using (var file = File.Create(image)) { file.SetLength(256 << 20); }

        await Shell.Run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", image);
        return await Mount(folder, name, image);
    }

    /// <summary>Takes what is on the disk at this instant to a second one, as a machine would find it when the power comes back.</summary>
    public async Task<LoopDisk> AfterPowerCut(string folder, string name)
    {
        var copy = System.IO.Path.Combine(folder, name + ".img");
        await Shell.Run("cp", "--sparse=always", Image, copy);
        return await Mount(folder, name, copy);
    }

    public async ValueTask DisposeAsync()
    {
        await Shell.Run("umount", "-l", Path);
        await Shell.Run("losetup", "--detach", _device);
        File.Delete(Image);
    }

    // commit=300: the file system does not write by itself while the test runs, so that only what was synced is there.
    private static async Task<LoopDisk> Mount(string folder, string name, string image)
    {
        var path = Directory.CreateDirectory(System.IO.Path.Combine(folder, name)).FullName;
        var device = (await Shell.Run("losetup", "--find", "--show", "--direct-io=on", image)).Trim();
        try
        {
            await Shell.Run("mount", "-t", "ext4", "-o", "commit=300", device, path);
            return new LoopDisk(image, device, path);
        }
        catch
        {
            await Shell.Run("losetup", "--detach", device);
            throw;
        }
    }
}
