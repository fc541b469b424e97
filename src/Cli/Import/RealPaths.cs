namespace Slipway.Cli.Import;

/// <summary>Where a path leads when every symbolic link on it is followed.</summary>
internal static class RealPaths
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>The path without links; what is not there is taken as it is written. Null when it is no path, or links lead round in a circle.</summary>
    public static string? Of(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) { return null; }

        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var left = new Stack<string>();
        Add(left, full[real.Length..]);
        for (var links = 0; left.TryPop(out var part);)
        {
            if (part == "..") { real = Path.GetDirectoryName(real) ?? real; }
            else if (part != ".")
            {
                var next = Path.Combine(real, part);
                if (new DirectoryInfo(next).LinkTarget is not { } target) { real = next; }
                else if (++links > MostLinks) { return null; }
                else
                {
                    var root = Path.IsPathFullyQualified(target) ? Path.GetPathRoot(target)! : "";
                    if (root.Length > 0) { real = root; }

                    Add(left, target[root.Length..]);
                }
            }
        }

        return real;
    }

    /// <summary>Whether a path lies below a folder, and is not the folder itself; both without links.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.Length > folder.Length && path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Add(Stack<string> left, string path)
    {
        foreach (var part in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse()) { left.Push(part); }
    }
}
