using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

internal static class PasswordStore
{
    /// <summary>Null when nobody of that name can sign in with a password.</summary>
    public static StoredPassword? Find(ReadTx tx, string name) => tx.QueryOne(
        $"""
        SELECT p.principal_id, w.hash FROM identity_principals p JOIN identity_passwords w ON w.principal_id = p.principal_id
        WHERE p.name = {name} AND p.deactivated_ms IS NULL
        """, row => new StoredPassword(row.GetString(0), row.GetString(1)));

    public static void Set(WriteTx tx, string principalId, string hash, long nowMs) => tx.Execute(
        $"""
        INSERT INTO identity_passwords (principal_id, hash, changed_ms) VALUES ({principalId}, {hash}, {nowMs})
        ON CONFLICT (principal_id) DO UPDATE SET hash = EXCLUDED.hash, changed_ms = EXCLUDED.changed_ms
        """);

    public static void Delete(WriteTx tx, string principalId) => tx.Execute($"DELETE FROM identity_passwords WHERE principal_id = {principalId}");
}

internal sealed record StoredPassword(string PrincipalId, string Hash);
