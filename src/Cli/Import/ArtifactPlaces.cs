namespace Slipway.Cli.Import;

/// <summary>Where files that a source knows by address lie on this machine.</summary>
internal sealed class ArtifactPlaces
{
    /// <summary>What a folder without an address stands for: the files that the old server kept itself.</summary>
    public const string Proxied = "mlflow-artifacts:/";

    private readonly string _base;
    private readonly string? _root;
    private readonly List<(string Prefix, string Folder)> _places;

    private ArtifactPlaces(string @base, string? root, List<(string, string)> places) => (_base, _root, _places) = (@base, root, places);

    /// <param name="given">Folders, or addresses with folders: <c>s3://bucket/x=/mnt/x</c>.</param>
    /// <param name="base">What relative addresses begin at.</param>
    /// <param name="root">The folder of the source itself, below which addresses that are paths may lie as well; null = it has none.</param>
    /// <exception cref="SourceException">A folder is not there.</exception>
    public static ArtifactPlaces Of(IEnumerable<string> given, string @base, string? root)
    {
        var places = new List<(string Prefix, string Folder)>();
        foreach (var text in given)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            var (prefix, folder) = at < 0 ? (Proxied, text) : (text[..at], text[(at + 1)..]);
            places.Add(Directory.Exists(folder) && RealPaths.Of(folder) is { } real ? (prefix, real) : throw new SourceException($"--artifacts {text}: there is no folder {folder}."));
        }

        return new ArtifactPlaces(@base, root is null ? null : RealPaths.Of(root), [.. places.OrderByDescending(place => place.Prefix.Length)]);
    }

    /// <summary>
    /// The folder behind an address, without links; null when it is not on this machine, or leads out of the folders that were named. An address is data of the source: whoever wrote it
    /// must not choose which folders of the importer's machine others get to see.
    /// </summary>
    public string? Find(string uri)
    {
        foreach (var (prefix, folder) in _places.Where(place => uri.StartsWith(place.Prefix, StringComparison.Ordinal)))
        {
            if (Existing(Path.Combine(folder, uri[prefix.Length..].TrimStart('/'))) is { } path && (path == folder || RealPaths.IsBelow(path, folder))) { return path; }
        }

        return LocalPath(uri) is { } local && Existing(Path.Combine(_base, local)) is { } found
            && (_places.Any(place => found == place.Folder || RealPaths.IsBelow(found, place.Folder)) || IsOfSource(found)) ? found : null;
    }

    // The folder of a database may be somebody's home: not the whole of it, and nothing that is hidden in it.
    private bool IsOfSource(string path) =>
        _root is not null && RealPaths.IsBelow(path, _root) && !Path.GetRelativePath(_root, path).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));

    private static string? Existing(string path) => RealPaths.Of(path) is { } real && Directory.Exists(real) ? real : null;

    /// <summary>Whether an address is a path of some machine: kept as given it would say nothing elsewhere.</summary>
    public static bool IsPath(string uri) => LocalPath(uri) is not null;

    private static string? LocalPath(string uri) =>
        uri.Length == 0 ? null
        : uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? Uri.TryCreate(uri, UriKind.Absolute, out var file) ? file.LocalPath : uri["file:".Length..]
        : !uri.Contains("://", StringComparison.Ordinal) && !uri.StartsWith(Proxied, StringComparison.Ordinal) && !uri.Contains(":/", StringComparison.Ordinal) ? uri
        : null;
}
