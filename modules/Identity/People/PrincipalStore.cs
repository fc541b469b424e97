using System.Data.Common;
using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Identity.Ports;
using Slipway.Identity.Workspaces;
using Slipway.Kernel;

namespace Slipway.Identity.People;

/// <summary>Rows of people and service accounts.</summary>
internal static class PrincipalStore
{
    /// <summary>False when the name is taken, also by somebody who is deactivated.</summary>
    public static bool Insert(WriteTx tx, string id, PrincipalKind kind, string name, string displayName, string? ownerId, long nowMs) => tx.Execute(
        $"""
        INSERT INTO identity_principals (principal_id, kind, name, display_name, owner_id, created_ms, number)
        VALUES ({id}, {kind.ToString()}, {name}, {displayName}, {ownerId}, {nowMs}, (SELECT COALESCE(MAX(number), 0) + 1 FROM identity_principals))
        ON CONFLICT (name) DO NOTHING
        """) == 1;

    /// <summary>False when there is no such active principal.</summary>
    public static bool Deactivate(WriteTx tx, string id, long nowMs) => tx.Execute(
        $"UPDATE identity_principals SET deactivated_ms = {nowMs} WHERE principal_id = {id} AND deactivated_ms IS NULL") == 1;

    public static bool IsActive(ReadTx tx, string id) =>
        tx.Exists($"SELECT 1 FROM identity_principals WHERE principal_id = {id} AND deactivated_ms IS NULL");

    /// <summary>The caller that an active principal is, with all its grants in force, in no particular workspace yet; null when there is none.</summary>
    public static Caller? Caller(ReadTx tx, string id)
    {
        var caller = tx.QueryOne(
            $"SELECT principal_id, name, kind FROM identity_principals WHERE principal_id = {id} AND deactivated_ms IS NULL",
            row => new Caller(row.GetString(0), row.GetString(1), Enum.Parse<PrincipalKind>(row.GetString(2)), []));
        return caller is null ? null : caller with { Grants = GrantRule.InForce(GrantStore.Of(tx, id), WorkspaceStore.OfEverybody(tx)) };
    }

    /// <summary>By id, else by name.</summary>
    public static Principal? Look(ReadTx tx, string idOrName) => tx.QueryOne(
        $"""
        SELECT principal_id, name, kind, COALESCE(owner_id, principal_id), deactivated_ms FROM identity_principals
        WHERE principal_id = {idOrName} OR name = {idOrName} ORDER BY CASE WHEN principal_id = {idOrName} THEN 0 ELSE 1 END LIMIT 1
        """, row => new Principal(row.GetString(0), row.GetString(1), Enum.Parse<PrincipalKind>(row.GetString(2)), row.GetString(3), row.IsDBNull(4)));

    public static string? DisplayName(ReadTx tx, string id) =>
        tx.QueryOne($"SELECT display_name FROM identity_principals WHERE principal_id = {id}", row => row.GetString(0));

    public static PersonView? Person(ReadTx tx, string id) => tx.QueryOne(
        $"""
        SELECT p.principal_id, p.name, p.display_name, w.changed_ms, p.created_ms, p.deactivated_ms
        FROM identity_principals p LEFT JOIN identity_passwords w ON w.principal_id = p.principal_id
        WHERE p.principal_id = {id} AND p.kind = 'Person'
        """, ReadPerson);

    public static string? PersonIdOf(ReadTx tx, string name) =>
        tx.QueryOne($"SELECT principal_id FROM identity_principals WHERE name = {name} AND kind = 'Person'", row => row.GetString(0));

    /// <summary>People by name, after a name (exclusive).</summary>
    public static List<PersonView> People(ReadTx tx, string after, int rows) => tx.Query(
        $"""
        SELECT p.principal_id, p.name, p.display_name, w.changed_ms, p.created_ms, p.deactivated_ms
        FROM identity_principals p LEFT JOIN identity_passwords w ON w.principal_id = p.principal_id
        WHERE p.kind = 'Person' AND p.name > {after} ORDER BY p.name LIMIT {rows}
        """, ReadPerson);

    public static ServiceAccountView? ServiceAccount(ReadTx tx, string id) => tx.QueryOne(
        $"""
        SELECT p.principal_id, p.name, p.display_name, o.principal_id, o.name, o.deactivated_ms, p.created_ms, p.deactivated_ms
        FROM identity_principals p JOIN identity_principals o ON o.principal_id = p.owner_id
        WHERE p.principal_id = {id} AND p.kind = 'ServiceAccount'
        """, ReadServiceAccount);

    /// <summary>Service accounts by name, after a name (exclusive).</summary>
    public static List<ServiceAccountView> ServiceAccounts(ReadTx tx, string after, int rows) => tx.Query(
        $"""
        SELECT p.principal_id, p.name, p.display_name, o.principal_id, o.name, o.deactivated_ms, p.created_ms, p.deactivated_ms
        FROM identity_principals p JOIN identity_principals o ON o.principal_id = p.owner_id
        WHERE p.kind = 'ServiceAccount' AND p.name > {after} ORDER BY p.name LIMIT {rows}
        """, ReadServiceAccount);

    private static PersonView ReadPerson(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), !row.IsDBNull(3), row.GetInt64(4), row.IsDBNull(5) ? null : row.GetInt64(5));

    private static ServiceAccountView ReadServiceAccount(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5), row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7));
}
