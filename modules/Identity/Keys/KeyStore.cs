using System.Data.Common;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Keys;

internal static class KeyStore
{
    public static void Insert(WriteTx tx, ApiKey key, string principalId, string name, string workspace, Level? cap, long nowMs, string createdBy, long expiresMs) => tx.Execute(
        $"""
        INSERT INTO identity_keys (key_id, principal_id, name, secret_hash, workspace, cap_level, created_ms, created_by, expires_ms)
        VALUES ({key.Id}, {principalId}, {name}, {key.SecretHash}, {workspace}, {cap?.ToString()}, {nowMs}, {createdBy}, {expiresMs})
        """);

    /// <summary>What a key must match; null when there is no such key or it was revoked.</summary>
    public static StoredKey? InForce(ReadTx tx, string id) => tx.QueryOne(
        $"SELECT principal_id, secret_hash, workspace, cap_level, expires_ms, last_used_ms FROM identity_keys WHERE key_id = {id} AND revoked_ms IS NULL",
        row => new StoredKey(
            row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetString(2), row.IsDBNull(3) ? null : Enum.Parse<Level>(row.GetString(3)),
            row.GetInt64(4), row.IsDBNull(5) ? null : row.GetInt64(5)));

    public static void Used(WriteTx tx, string id, long nowMs) => tx.Execute($"UPDATE identity_keys SET last_used_ms = {nowMs} WHERE key_id = {id}");

    public static void Revoke(WriteTx tx, string id, long nowMs) => tx.Execute($"UPDATE identity_keys SET revoked_ms = {nowMs} WHERE key_id = {id} AND revoked_ms IS NULL");

    public static void RevokeOf(WriteTx tx, string principalId, long nowMs) =>
        tx.Execute($"UPDATE identity_keys SET revoked_ms = {nowMs} WHERE principal_id = {principalId} AND revoked_ms IS NULL");

    public static KeyView? Find(ReadTx tx, string id) => tx.QueryOne(
        $"""
        SELECT k.key_id, k.name, k.principal_id, p.name, k.workspace, k.cap_level, k.created_ms, k.expires_ms, k.last_used_ms, k.revoked_ms
        FROM identity_keys k JOIN identity_principals p ON p.principal_id = k.principal_id WHERE k.key_id = {id}
        """, Read);

    /// <summary>Keys, newest first, before a (time, id): all of them, or those of one person and of the service accounts that the person owns.</summary>
    /// <param name="ownerId">Null = everybody's.</param>
    public static List<KeyView> NewestFirst(ReadTx tx, string? ownerId, string? principalId, long beforeMs, string beforeId, int rows)
    {
        Sql owned = ownerId is null ? Sql.Empty : $"AND (k.principal_id = {ownerId} OR p.owner_id = {ownerId})";
        Sql whose = principalId is null ? Sql.Empty : $"AND k.principal_id = {principalId}";
        return tx.Query(
            $"""
            SELECT k.key_id, k.name, k.principal_id, p.name, k.workspace, k.cap_level, k.created_ms, k.expires_ms, k.last_used_ms, k.revoked_ms
            FROM identity_keys k JOIN identity_principals p ON p.principal_id = k.principal_id
            WHERE (k.created_ms < {beforeMs} OR (k.created_ms = {beforeMs} AND k.key_id < {beforeId})) {owned} {whose}
            ORDER BY k.created_ms DESC, k.key_id DESC LIMIT {rows}
            """, Read);
    }

    private static KeyView Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(6), row.GetInt64(7),
        row.IsDBNull(5) ? null : (Role)Enum.Parse<Level>(row.GetString(5)),
        row.IsDBNull(8) ? null : row.GetInt64(8), row.IsDBNull(9) ? null : row.GetInt64(9));
}

internal sealed record StoredKey(string PrincipalId, byte[] SecretHash, string Workspace, Level? Cap, long ExpiresMs, long? LastUsedMs);
