namespace Slipway.Kernel;

/// <summary>What no look of the sweep has found named.</summary>
/// <param name="Aside">The id under which it stands aside; empty = it is in its place.</param>
internal readonly record struct Unnamed(string Digest, string Aside);

/// <summary>Marks of what was found unnamed, and since when each look has found it so. Digests are bytes there: as texts they would be names.</summary>
internal static class BlobMarks
{
    public const int Batch = 1_000;

    /// <summary>The next marks in order, at most <see cref="Batch"/>.</summary>
    /// <param name="after">The last one before; no digest for the first.</param>
    public static List<(Unnamed What, long SinceMs)> After(ReadTx tx, Unnamed after) => tx.Query(
        $"""
        SELECT digest, aside, since_ms FROM kernel_unnamed_blobs WHERE (digest, aside) > ({Convert.FromHexString(after.Digest)}, {after.Aside})
        ORDER BY digest, aside LIMIT {Batch}
        """, row => (new Unnamed(Convert.ToHexStringLower(row.GetFieldValue<byte[]>(0)), row.GetString(1)), row.GetInt64(2)));

    /// <summary>Notes that these were first found unnamed now; what is noted already stays as it is.</summary>
    public static void Add(WriteTx tx, IReadOnlyList<Unnamed> found)
    {
        var now = tx.Clock.NowMs();
        tx.ExecuteRows(
            found,
            one => $"({Convert.FromHexString(one.Digest)}, {one.Aside}, {now})",
            rows => $"INSERT INTO kernel_unnamed_blobs (digest, aside, since_ms) VALUES {rows} ON CONFLICT (digest, aside) DO NOTHING");
    }

    public static void Remove(WriteTx tx, IReadOnlyList<Unnamed> over) => tx.ExecuteRows(
        over, one => $"({Convert.FromHexString(one.Digest)}, {one.Aside})", rows => $"DELETE FROM kernel_unnamed_blobs WHERE (digest, aside) IN (VALUES {rows})");

    /// <summary>The id of this database; null = it was never asked for.</summary>
    public static string? DatabaseId(ReadTx tx) => tx.QueryOne($"SELECT id FROM kernel_database LIMIT 1", row => row.GetString(0));

    /// <param name="id">What it becomes where it has none.</param>
    public static string DatabaseId(WriteTx tx, string id)
    {
        if (DatabaseId((ReadTx)tx) is { } given) { return given; }

        tx.Execute($"INSERT INTO kernel_database (id) VALUES ({id})");
        return id;
    }
}
