using System.Data.Common;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>An entry as stored. The columns repeat what <see cref="Entry"/> says, for lists.</summary>
/// <param name="Index">Null while pending.</param>
public sealed record StoredEntry(string Id, long? Index, string Workspace, string Actor, string Action, string Subject, long AtMs, byte[] Entry, byte[] Leaf)
{
    /// <summary>False when somebody changed the columns, or the bytes.</summary>
    public bool ColumnsAgree(AuditEntry entry) =>
        (Id, Workspace, Actor, Action, Subject, AtMs) == (entry.Id, entry.Workspace, entry.Actor, entry.Action, entry.Object, entry.AtMs);
}

/// <summary>A checkpoint as stored.</summary>
public sealed record StoredCheckpoint(long Size, string Note, bool Witnessed);

/// <summary>Which entries a list shows; null = any.</summary>
/// <param name="Workspace">Empty = those of the whole server.</param>
/// <param name="Before">The id of the last entry of the page before.</param>
public sealed record AuditFilter(string? Workspace, string? Actor, string? Action, string? Before);

/// <summary>Reads the log's tables.</summary>
public static class AuditStore
{
    private const int LevelShift = 56;

    private static Sql Columns => $"entry_id, leaf_index, workspace, actor, action, subject, at_ms, entry, leaf";

    /// <summary>Newest first.</summary>
    public static List<StoredEntry> List(ReadTx tx, AuditFilter filter, int limit) => tx.Query(
        $"""
        SELECT {Columns} FROM kernel_audit_entries
        WHERE entry_id < {filter.Before ?? "~"}{Equal($" AND workspace = ", filter.Workspace)}{Equal($" AND actor = ", filter.Actor)}{Equal($" AND action = ", filter.Action)}
        ORDER BY entry_id DESC LIMIT {limit}
        """, Read);

    public static StoredEntry? Find(ReadTx tx, string id) =>
        tx.QueryOne($"SELECT {Columns} FROM kernel_audit_entries WHERE entry_id = {id}", Read);

    /// <summary>Entries of the tree in order, from an index.</summary>
    public static List<StoredEntry> Placed(ReadTx tx, long from, long to, int limit) => tx.Query(
        $"SELECT {Columns} FROM kernel_audit_entries WHERE leaf_index >= {from} AND leaf_index < {to} ORDER BY leaf_index LIMIT {limit}", Read);

    /// <summary>Number of entries in the tree.</summary>
    public static long Size(ReadTx tx) => tx.QueryOne($"SELECT COALESCE(MAX(leaf_index) + 1, 0) FROM kernel_audit_entries", row => row.GetInt64(0));

    public static StoredCheckpoint? LastCheckpoint(ReadTx tx) =>
        tx.QueryOne($"SELECT size, note, witnessed FROM kernel_audit_checkpoints ORDER BY size DESC LIMIT 1", ReadCheckpoint);

    public static StoredCheckpoint? Checkpoint(ReadTx tx, long size) =>
        tx.QueryOne($"SELECT size, note, witnessed FROM kernel_audit_checkpoints WHERE size = {size}", ReadCheckpoint);

    /// <summary>With sizes over <paramref name="after"/>, smallest first.</summary>
    public static List<StoredCheckpoint> CheckpointsAfter(ReadTx tx, long after, long to, int limit) => tx.Query(
        $"SELECT size, note, witnessed FROM kernel_audit_checkpoints WHERE size > {after} AND size <= {to} ORDER BY size LIMIT {limit}", ReadCheckpoint);

    /// <summary>With sizes under <paramref name="before"/>, largest first.</summary>
    public static List<StoredCheckpoint> CheckpointsBefore(ReadTx tx, long before, int limit) => tx.Query(
        $"SELECT size, note, witnessed FROM kernel_audit_checkpoints WHERE size < {before} ORDER BY size DESC LIMIT {limit}", ReadCheckpoint);

    public static List<StoredCheckpoint> Unwitnessed(ReadTx tx, int limit) => tx.Query(
        $"SELECT size, note, witnessed FROM kernel_audit_checkpoints WHERE witnessed = 0 ORDER BY size LIMIT {limit}", ReadCheckpoint);

    /// <summary>SubjectPublicKeyInfo of every key that has signed, oldest first.</summary>
    public static List<byte[]> PublicKeys(ReadTx tx) => tx.Query($"SELECT public_key FROM kernel_audit_keys ORDER BY number LIMIT 1000", row => (byte[])row[0]);

    /// <summary>The hashes of subtrees, in the order asked: two statements, however many.</summary>
    /// <exception cref="AuditCorruptException">A hash is missing.</exception>
    public static Dictionary<(int Level, long Number), byte[]> Nodes(ReadTx tx, IReadOnlyCollection<(int Level, long Number)> wanted)
    {
        var found = new Dictionary<(int, long), byte[]>();
        tx.ForEach(
            $"SELECT leaf_index, leaf FROM kernel_audit_entries WHERE leaf_index IN (SELECT value FROM {tx.Dialect.IntegerList([.. wanted.Where(node => node.Level == 0).Select(node => node.Number)])}) LIMIT 1000",
            row => found[(0, row.GetInt64(0))] = (byte[])row[1]);
        tx.ForEach(
            $"SELECT node_id, hash FROM kernel_audit_nodes WHERE node_id IN (SELECT value FROM {tx.Dialect.IntegerList([.. wanted.Where(node => node.Level > 0).Select(node => NodeId(node.Level, node.Number))])}) LIMIT 1000",
            row => found[((int)(row.GetInt64(0) >> LevelShift), row.GetInt64(0) & ((1L << LevelShift) - 1))] = (byte[])row[1]);
        foreach (var (level, number) in wanted)
        {
            if (!found.ContainsKey((level, number))) { throw new AuditCorruptException($"The hash of subtree {number} of level {level} is missing; run a verification of the log."); }
        }

        return found;
    }

    internal static long NodeId(int level, long number) => ((long)level << LevelShift) | number;

    private static Sql Equal(Sql condition, string? value) => value is null ? Sql.Empty : $"{condition}{value}";

    private static StoredEntry Read(DbDataReader row) => new(
        row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt64(6),
        (byte[])row[7], (byte[])row[8]);

    private static StoredCheckpoint ReadCheckpoint(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetInt64(2) == 1);
}

/// <summary>The log's own tables contradict each other; verification says where.</summary>
public sealed class AuditCorruptException(string message) : Exception(message);
