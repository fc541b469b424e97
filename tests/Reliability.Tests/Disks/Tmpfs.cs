namespace Slipway.Reliability.Tests;

/// <summary>A small disk in memory, so that it can be full; needs root.</summary>
internal sealed class Tmpfs : IAsyncDisposable
{
    private Tmpfs(string path) => Path = path;

    public string Path { get; }

    public static async Task<Tmpfs> Mount(string path, string size)
    {
        Directory.CreateDirectory(path);
        await Shell.Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path);
        return new Tmpfs(path);
    }

    public async ValueTask DisposeAsync() => await Shell.Run("umount", "-l", Path);
}
