namespace Slipway.Kernel;

/// <summary>Files of keys: outside the database, for the server's own user alone.</summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>On the disk when it returns, mode 0600.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Create(string path, byte[] content)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = OwnerOnly; }

        using (var file = new FileStream(path, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        DurableFiles.SyncDirectory(folder);
    }

    /// <param name="what">What the message calls it.</param>
    /// <exception cref="IOException">Others may read it.</exception>
    public static void RefuseIfOthersRead(string path, string what)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0) { throw new IOException($"The {what} {path} may be read by others; run: chmod 600 {path}"); }
    }
}
