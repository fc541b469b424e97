using Slipway.Kernel;

namespace Slipway.Identity.People;

/// <summary>Rows of one-time links; only hashes of their tokens are kept.</summary>
internal static class InvitationStore
{
    /// <param name="principalId">Whose password the link sets; null = it makes the first administrator.</param>
    public static void Insert(WriteTx tx, OneTimeLink link, string? principalId, long nowMs)
    {
        // What is long past goes, so that the table stays small.
        tx.Execute($"DELETE FROM identity_invitations WHERE expires_ms < {nowMs}");
        tx.Execute(
            $"""
            INSERT INTO identity_invitations (token_hash, principal_id, created_ms, expires_ms)
            VALUES ({link.Hash}, {principalId}, {nowMs}, {link.ExpiresMs})
            """);
    }

    /// <summary>The link if it is unused and in time, without using it.</summary>
    public static Invitation? Find(ReadTx tx, byte[] hash, long nowMs) => tx.QueryOne(
        $"SELECT principal_id FROM identity_invitations WHERE token_hash = {hash} AND used_ms IS NULL AND expires_ms > {nowMs}",
        row => new Invitation(row.IsDBNull(0) ? null : row.GetString(0)));

    /// <summary>False when somebody was quicker.</summary>
    public static bool Use(WriteTx tx, byte[] hash, long nowMs) => tx.Execute(
        $"UPDATE identity_invitations SET used_ms = {nowMs} WHERE token_hash = {hash} AND used_ms IS NULL AND expires_ms > {nowMs}") == 1;

    public static void DeleteOf(WriteTx tx, string principalId) => tx.Execute($"DELETE FROM identity_invitations WHERE principal_id = {principalId}");
}

/// <param name="PrincipalId">Null = the first administrator is to be made.</param>
internal sealed record Invitation(string? PrincipalId);
