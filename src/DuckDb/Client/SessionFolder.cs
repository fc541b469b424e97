namespace Slipway.DuckDb;

/// <summary>The one folder of a session.</summary>
internal static class SessionFolder
{
    // DuckDB compares paths as texts and then follows links, so a link would lead out of the folder.
    /// <exception cref="DuckDbException">It holds a symbolic link (<see cref="DuckDbErrorKind.Denied"/>).</exception>
    public static void Check(string folder)
    {
        var link = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
            .FirstOrDefault(entry => entry.LinkTarget is not null);
        if (link is not null)
        {
            throw new DuckDbException(DuckDbErrorKind.Denied, $"The folder of a DuckDB session must hold no symbolic links, and {link.FullName} is one: copy the file there instead.");
        }
    }
}
