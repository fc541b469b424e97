namespace Slipway.Server;

/// <summary>One file of the UI with the compressed twins that the build made beside it.</summary>
internal sealed record WebFile(string Path, string? Brotli, string? Gzip)
{
    /// <summary>Every file of a folder by its URL path; read once, so that no request path ever reaches the file system.</summary>
    public static Dictionary<string, WebFile> All(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".br", StringComparison.Ordinal) && !file.EndsWith(".gz", StringComparison.Ordinal))
        .ToDictionary(
            file => "/" + System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'),
            file => new WebFile(file, Existing(file + ".br"), Existing(file + ".gz")),
            StringComparer.Ordinal);

    /// <summary>The smallest form that the client takes, and its Content-Encoding (null = as it is).</summary>
    public (string Path, string? Encoding) BestFor(string accepted) =>
        Brotli is not null && accepted.Contains("br", StringComparison.Ordinal) ? (Brotli, "br")
        : Gzip is not null && accepted.Contains("gzip", StringComparison.Ordinal) ? (Gzip, "gzip")
        : (Path, null);

    private static string? Existing(string file) => File.Exists(file) ? file : null;
}

/// <summary>Where the built UI is: beside the program when published, in <c>artifacts/web</c> of a checkout; null when it is not built.</summary>
internal sealed record WebFolder(string? Path)
{
    public static WebFolder Find(string programFolder)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            foreach (var candidate in new[] { System.IO.Path.Combine(folder.FullName, "web"), System.IO.Path.Combine(folder.FullName, "artifacts", "web") })
            {
                if (File.Exists(System.IO.Path.Combine(candidate, "index.html"))) { return new WebFolder(candidate); }
            }
        }

        return new WebFolder(Path: null);
    }
}
