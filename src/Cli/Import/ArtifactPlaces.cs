namespace Slipway.Cli.Import;

/// <summary>Where files that a source knows by address lie on this machine.</summary>
internal sealed class ArtifactPlaces
{
    /// <summary>What a folder without an address stands for: the files that the old server kept itself.</summary>
    public const string Proxied = "mlflow-artifacts:/";

    private readonly string _base;
    private readonly List<(string Prefix, string Folder)> _places;

    private ArtifactPlaces(string @base, List<(string, string)> places) => (_base, _places) = (@base, places);

    /// <param name="given">Folders, or addresses with folders: <c>s3://bucket/x=/mnt/x</c>.</param>
    /// <param name="base">What relative addresses begin at.</param>
    /// <exception cref="SourceException">A folder is not there.</exception>
    public static ArtifactPlaces Of(IEnumerable<string> given, string @base)
    {
        var places = new List<(string Prefix, string Folder)>();
        foreach (var text in given)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            var (prefix, folder) = at < 0 ? (Proxied, text) : (text[..at], text[(at + 1)..]);
            places.Add(Directory.Exists(folder) ? (prefix, Path.GetFullPath(folder)) : throw new SourceException($"--artifacts {text}: there is no folder {folder}."));
        }

        return new ArtifactPlaces(@base, [.. places.OrderByDescending(place => place.Prefix.Length)]);
    }

    /// <summary>The folder behind an address; null when it is not on this machine.</summary>
    public string? Find(string uri)
    {
        foreach (var (prefix, folder) in _places.Where(place => uri.StartsWith(place.Prefix, StringComparison.Ordinal)))
        {
            // The address is data of the source: it must not lead out of the folder.
            var path = Path.GetFullPath(Path.Combine(folder, uri[prefix.Length..].TrimStart('/')));
            if ((path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) && Directory.Exists(path)) { return path; }
        }

        return LocalPath(uri) is { } local && Directory.Exists(Path.Combine(_base, local)) ? Path.GetFullPath(Path.Combine(_base, local)) : null;
    }

    /// <summary>Whether an address is a path of some machine: kept as given it would say nothing elsewhere.</summary>
    public static bool IsPath(string uri) => LocalPath(uri) is not null;

    private static string? LocalPath(string uri) =>
        uri.Length == 0 ? null
        : uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? Uri.TryCreate(uri, UriKind.Absolute, out var file) ? file.LocalPath : uri["file:".Length..]
        : !uri.Contains("://", StringComparison.Ordinal) && !uri.StartsWith(Proxied, StringComparison.Ordinal) && !uri.Contains(":/", StringComparison.Ordinal) ? uri
        : null;
}
