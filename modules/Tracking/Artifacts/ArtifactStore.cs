using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts;

/// <summary>A name and the blob behind it.</summary>
internal sealed record Artifact(string Path, string Digest, long SizeBytes);

/// <summary>An entry of a directory; a directory is there when a name passes through it.</summary>
/// <param name="Path">From the run's root.</param>
/// <param name="File">Null = a directory.</param>
internal sealed record ArtifactEntry(string Path, Artifact? File)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

internal static class ArtifactStore
{
    // What one listing looks at; more names below one directory are not shown.
    private const int MaxNames = 100_000;

    public static Artifact? Find(ReadTx tx, long runKey, string path) => tx.QueryOne(
        $"SELECT path, digest, size_bytes FROM tracking_artifacts WHERE run_key = {runKey} AND path = {path}",
        row => new Artifact(row.GetString(0), row.GetString(1), row.GetInt64(2)));

    public static void Set(WriteTx tx, long runKey, Artifact artifact) => tx.Execute(
        $"""
        INSERT INTO tracking_artifacts (run_key, path, digest, size_bytes, stored_ms)
        VALUES ({runKey}, {artifact.Path}, {artifact.Digest}, {artifact.SizeBytes}, {tx.Clock.NowMs()})
        ON CONFLICT (run_key, path) DO UPDATE SET digest = EXCLUDED.digest, size_bytes = EXCLUDED.size_bytes, stored_ms = EXCLUDED.stored_ms
        """);

    /// <summary>Removes the file, or everything below the directory; empty = everything.</summary>
    public static int Delete(WriteTx tx, long runKey, string path) => path.Length == 0
        ? tx.Execute($"DELETE FROM tracking_artifacts WHERE run_key = {runKey}")
        : tx.Execute($"DELETE FROM tracking_artifacts WHERE run_key = {runKey} AND (path = {path} OR (path > {path + "/"} AND path < {path + "0"}))");

    /// <summary>The file of this name, or all that lie below it as a directory, by path.</summary>
    /// <param name="path">Empty = the root.</param>
    public static List<Artifact> Below(ReadTx tx, long runKey, string path, int limit) => tx.Query(
        path.Length == 0
            ? (Sql)$"SELECT path, digest, size_bytes FROM tracking_artifacts WHERE run_key = {runKey} ORDER BY path LIMIT {limit}"
            : $"SELECT path, digest, size_bytes FROM tracking_artifacts WHERE run_key = {runKey} AND (path = {path} OR (path > {path + "/"} AND path < {path + "0"})) ORDER BY path LIMIT {limit}",
        row => new Artifact(row.GetString(0), row.GetString(1), row.GetInt64(2)));

    /// <summary>The entries right below a directory, by name.</summary>
    /// <param name="directory">Empty = the root.</param>
    public static List<ArtifactEntry> List(ReadTx tx, long runKey, string directory)
    {
        // Names are compared by bytes, and '0' is the byte after '/': the range is all that begins with the directory.
        var prefix = directory.Length == 0 ? "" : directory + "/";
        var below = directory.Length == 0
            ? (Sql)$"SELECT path, digest, size_bytes FROM tracking_artifacts WHERE run_key = {runKey} ORDER BY path LIMIT {MaxNames}"
            : $"SELECT path, digest, size_bytes FROM tracking_artifacts WHERE run_key = {runKey} AND path > {prefix} AND path < {directory + "0"} ORDER BY path LIMIT {MaxNames}";
        var entries = new List<ArtifactEntry>();
        tx.ForEach(below, row =>
        {
            var path = row.GetString(0);
            var slash = path.IndexOf('/', prefix.Length);
            if (slash < 0) { entries.Add(new ArtifactEntry(path, new Artifact(path, row.GetString(1), row.GetInt64(2)))); }
            else if (entries.Count == 0 || entries[^1].File is not null || entries[^1].Path.Length != slash || !path.StartsWith(entries[^1].Path, StringComparison.Ordinal))
            {
                entries.Add(new ArtifactEntry(path[..slash], null));
            }
        });
        // 'a.txt' stands between 'a/x' and 'a/y' in no order of bytes, but before both: a directory can come up twice.
        return [.. entries.DistinctBy(entry => (entry.Path, entry.File is null)).OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }
}
