using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>Rows of browser sessions.</summary>
internal static class SessionStore
{
    public static void Insert(WriteTx tx, string id, byte[] tokenHash, string principalId, long nowMs, long expiresMs)
    {
        // What has ended goes, so that the table stays small.
        tx.Execute($"DELETE FROM identity_sessions WHERE expires_ms < {nowMs}");
        tx.Execute(
            $"""
            INSERT INTO identity_sessions (session_id, token_hash, principal_id, created_ms, last_seen_ms, expires_ms)
            VALUES ({id}, {tokenHash}, {principalId}, {nowMs}, {nowMs}, {expiresMs})
            """);
    }

    public static StoredSession? Find(ReadTx tx, byte[] tokenHash) => tx.QueryOne(
        $"SELECT session_id, principal_id, last_seen_ms, expires_ms FROM identity_sessions WHERE token_hash = {tokenHash}",
        row => new StoredSession(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)));

    public static void Seen(WriteTx tx, string id, long nowMs) => tx.Execute($"UPDATE identity_sessions SET last_seen_ms = {nowMs} WHERE session_id = {id}");

    public static void Delete(WriteTx tx, byte[] tokenHash) => tx.Execute($"DELETE FROM identity_sessions WHERE token_hash = {tokenHash}");

    public static void DeleteOf(WriteTx tx, string principalId) => tx.Execute($"DELETE FROM identity_sessions WHERE principal_id = {principalId}");
}

internal sealed record StoredSession(string Id, string PrincipalId, long LastSeenMs, long ExpiresMs);
