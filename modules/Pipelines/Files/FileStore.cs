using Slipway.Kernel;

namespace Slipway.Pipelines.Files;

/// <summary>Which blobs belong to a workspace, by their uploads and outputs: a digest alone opens nothing.</summary>
internal static class FileStore
{
    public static void Keep(WriteTx tx, string workspace, IReadOnlyList<(string Digest, string Name, long SizeBytes)> files, long nowMs) => tx.ExecuteRows(
        files,
        file => $"({workspace}, {file.Digest}, {file.Name}, {file.SizeBytes}, {nowMs})",
        rows => $"INSERT INTO pipelines_blobs (workspace, digest, name, size_bytes, created_ms) VALUES {rows} ON CONFLICT (workspace, digest) DO NOTHING");

    /// <summary>The first name under which it came; may be empty. Null when the workspace has no such file.</summary>
    public static string? Name(ReadTx tx, string workspace, string digest) =>
        tx.QueryOne($"SELECT name FROM pipelines_blobs WHERE workspace = {workspace} AND digest = {digest}", row => row.GetString(0));

    /// <summary>Those of the digests that the workspace has.</summary>
    public static HashSet<string> Known(ReadTx tx, string workspace, IReadOnlyCollection<string> digests) => tx.Query(
        $"SELECT digest FROM pipelines_blobs WHERE workspace = {workspace} AND digest IN (SELECT value FROM {tx.Dialect.TextList(digests)})",
        row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
}
