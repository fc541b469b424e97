namespace Slipway.Pipelines.Kinds;

/// <summary>Removes a folder in which a program has worked, whatever modes it has left there (a module cache is read-only). Links are removed, never followed.</summary>
internal static class FolderRemoval
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Nothing when there is no such folder.</summary>
    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Something in it belongs to somebody else.</exception>
    public static void Remove(string path)
    {
        if (!Directory.Exists(path)) { return; }

        Open(path);
        Directory.Delete(path, recursive: true);
    }

    /// <summary>Lets the owner read, change and enter a folder and all below it; only then can its entries be removed.</summary>
    public static void Open(string path)
    {
        if (OperatingSystem.IsWindows()) { throw new PlatformNotSupportedException("Commands run on Linux only."); }

        var left = new Stack<DirectoryInfo>([new DirectoryInfo(path)]);
        while (left.TryPop(out var folder))
        {
            if (folder.LinkTarget is not null) { continue; }

            if ((folder.UnixFileMode & Mine) != Mine) { folder.UnixFileMode |= Mine; }

            foreach (var inner in folder.EnumerateDirectories()) { left.Push(inner); }
        }
    }
}
