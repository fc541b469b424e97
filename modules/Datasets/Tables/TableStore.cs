using Slipway.Kernel;

namespace Slipway.Datasets.Tables;

/// <summary>A Parquet file that a workspace may read.</summary>
/// <param name="ParentDigest">What it was made from; null for the content of a version.</param>
/// <param name="Part">How it was made, in words.</param>
internal sealed record StoredTable(string Digest, long Rows, int Columns, long SizeBytes, string? ProfileDigest = null, string? ParentDigest = null, string? Part = null);

internal static class TableStore
{
    // Parts of parts are followed so far.
    private const int MaxGenerations = 8;

    public static StoredTable? Find(ReadTx tx, string workspace, string digest) => tx.QueryOne(
        $"""
        SELECT digest, row_count, column_count, size_bytes, profile_digest, parent_digest, part FROM datasets_tables
        WHERE workspace = {workspace} AND digest = {digest}
        """,
        row => new StoredTable(
            row.GetString(0), row.GetInt64(1), (int)row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
            row.IsDBNull(6) ? null : row.GetString(6)));

    /// <summary>Content of a version stays one when a part turns out equal; otherwise the first origin stays.</summary>
    public static void Save(WriteTx tx, string workspace, StoredTable table) => tx.Execute(
        $"""
        INSERT INTO datasets_tables (workspace, digest, row_count, column_count, size_bytes, profile_digest, parent_digest, part, created_ms)
        VALUES ({workspace}, {table.Digest}, {table.Rows}, {table.Columns}, {table.SizeBytes}, {table.ProfileDigest}, {table.ParentDigest}, {table.Part}, {tx.Clock.NowMs()})
        ON CONFLICT (workspace, digest) DO UPDATE SET profile_digest = COALESCE(EXCLUDED.profile_digest, datasets_tables.profile_digest)
        """);

    /// <summary>The table itself and what it was made from, nearest first.</summary>
    public static List<string> Ancestors(ReadTx tx, string workspace, string digest)
    {
        var line = new List<string> { digest };
        while (line.Count < MaxGenerations && Find(tx, workspace, line[^1])?.ParentDigest is { } parent && !line.Contains(parent)) { line.Add(parent); }

        return line;
    }
}
