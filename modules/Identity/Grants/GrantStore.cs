using System.Data.Common;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Grants;

/// <summary>The one grants table.</summary>
internal static class GrantStore
{
    /// <summary>False when the principal has this grant already.</summary>
    public static bool Insert(WriteTx tx, string id, string principalId, string resource, Level level, string createdBy, long nowMs) => tx.Execute(
        $"""
        INSERT INTO identity_grants (grant_id, principal_id, resource, level, created_ms, created_by)
        VALUES ({id}, {principalId}, {resource}, {level.ToString()}, {nowMs}, {createdBy})
        ON CONFLICT (principal_id, resource, level) DO NOTHING
        """) == 1;

    /// <summary>The grant of a principal on exactly this resource, the oldest of several; null when there is none.</summary>
    public static GrantView? On(ReadTx tx, string principalId, string resource) => tx.QueryOne(
        $"""
        SELECT g.grant_id, g.principal_id, p.name, g.resource, g.level, g.created_ms, g.created_by
        FROM identity_grants g JOIN identity_principals p ON p.principal_id = g.principal_id
        WHERE g.principal_id = {principalId} AND g.resource = {resource} ORDER BY g.grant_id LIMIT 1
        """, Read);

    /// <summary>All grants of a principal, the oldest first.</summary>
    public static List<GrantView> ViewsOf(ReadTx tx, string principalId) => tx.Query(
        $"""
        SELECT g.grant_id, g.principal_id, p.name, g.resource, g.level, g.created_ms, g.created_by
        FROM identity_grants g JOIN identity_principals p ON p.principal_id = g.principal_id WHERE g.principal_id = {principalId} ORDER BY g.grant_id LIMIT {Limits.QueryRows}
        """, Read);

    /// <summary>The grants of active principals on exactly this resource, the oldest first.</summary>
    public static List<GrantView> ViewsOn(ReadTx tx, string resource) => tx.Query(
        $"""
        SELECT g.grant_id, g.principal_id, p.name, g.resource, g.level, g.created_ms, g.created_by
        FROM identity_grants g JOIN identity_principals p ON p.principal_id = g.principal_id
        WHERE g.resource = {resource} AND p.deactivated_ms IS NULL ORDER BY g.grant_id LIMIT {Limits.QueryRows}
        """, Read);

    /// <param name="by">Who is said to have given it from now on.</param>
    public static void SetLevel(WriteTx tx, string id, Level level, string by) =>
        tx.Execute($"UPDATE identity_grants SET level = {level.ToString()}, created_by = {by} WHERE grant_id = {id}");

    public static void Move(WriteTx tx, string resource, string to) => tx.Execute($"UPDATE identity_grants SET resource = {to} WHERE resource = {resource}");

    /// <returns>Whether there was one.</returns>
    public static bool DeleteOn(WriteTx tx, string resource) => tx.Execute($"DELETE FROM identity_grants WHERE resource = {resource}") > 0;

    /// <summary>Deletes what gives something on the resource; what keeps people out of it stays.</summary>
    public static void DeleteGiving(WriteTx tx, string resource) => tx.Execute($"DELETE FROM identity_grants WHERE resource = {resource} AND level <> 'None'");

    /// <summary>Keeps out of one resource whomever a grant keeps out of another.</summary>
    public static void KeepOut(WriteTx tx, string resource, string asOf)
    {
        var kept = tx.Query(
            $"SELECT principal_id, created_ms, created_by FROM identity_grants WHERE resource = {asOf} AND level = 'None' LIMIT {Limits.QueryRows}",
            row => (Id: Ids.New(tx.Clock), Principal: row.GetString(0), CreatedMs: row.GetInt64(1), By: row.GetString(2)));
        tx.ExecuteRows(
            kept, one => $"({one.Id}, {one.Principal}, {resource}, {"None"}, {one.CreatedMs}, {one.By})",
            rows => $"INSERT INTO identity_grants (grant_id, principal_id, resource, level, created_ms, created_by) VALUES {rows}");
    }

    public static long CountOnObjects(ReadTx tx, string principalId) => tx.QueryOne(
        $"SELECT COUNT(*) FROM identity_grants WHERE principal_id = {principalId} AND resource LIKE 'workspace/%/%'", row => row.GetInt64(0));

    public static void Delete(WriteTx tx, string id) => tx.Execute($"DELETE FROM identity_grants WHERE grant_id = {id}");

    /// <summary>All grants of a principal, each with whether they gave it themselves.</summary>
    public static List<(Grant Grant, bool Own)> Of(ReadTx tx, string principalId) => tx.Query(
        $"SELECT resource, level, created_by FROM identity_grants WHERE principal_id = {principalId} LIMIT {Limits.QueryRows}",
        row => (new Grant(row.GetString(0), Enum.Parse<Level>(row.GetString(1))), row.GetString(2) == principalId));

    public static GrantView? Find(ReadTx tx, string id) => tx.QueryOne(
        $"""
        SELECT g.grant_id, g.principal_id, p.name, g.resource, g.level, g.created_ms, g.created_by
        FROM identity_grants g JOIN identity_principals p ON p.principal_id = g.principal_id WHERE g.grant_id = {id}
        """, Read);

    /// <summary>
    /// Grants of active principals in the order in which they were given, as far as the caller may see them: those on what they oversee, and their own, but for those that hide something from them.
    /// </summary>
    /// <param name="resource">Those on this resource alone; null = on all.</param>
    public static List<GrantView> Visible(ReadTx tx, Caller caller, string? principalId, string? resource, string after, int rows)
    {
        var overseen = caller.Grants.Select(grant => grant.Resource).Concat(caller.Managed().Select(it => it.Resource)).Where(known => GrantRule.MaySee(caller, known)).ToHashSet();
        Sql named = $"g.resource IN (SELECT value FROM {tx.Dialect.TextList(overseen)})";
        foreach (var workspace in overseen.Where(known => GrantRule.WorkspaceOf(known) is not null && ObjectRef.Parse(known) is null))
        {
            // '0' is the byte after '/': all objects of the workspace.
            named = $"{named} OR (g.resource > {workspace + "/"} AND g.resource < {workspace + "0"})";
        }

        Sql ofWorkspaces = overseen.Contains(GrantRule.AllWorkspaces) ? $"g.resource <> 'server'" : named;
        Sql allowed = overseen.Contains(Grant.Server) ? Sql.Empty : $"AND ((g.principal_id = {caller.Id} AND g.level <> 'None') OR {ofWorkspaces})";
        Sql whose = principalId is null ? Sql.Empty : $"AND g.principal_id = {principalId}";
        Sql on = resource is null ? Sql.Empty : $"AND g.resource = {resource}";
        return tx.Query(
            $"""
            SELECT g.grant_id, g.principal_id, p.name, g.resource, g.level, g.created_ms, g.created_by
            FROM identity_grants g JOIN identity_principals p ON p.principal_id = g.principal_id
            WHERE p.deactivated_ms IS NULL AND g.grant_id > {after} {allowed} {whose} {on} ORDER BY g.grant_id LIMIT {rows}
            """, Read);
    }

    /// <summary>True when somebody else than <paramref name="exceptPrincipalId"/> can administer the server: an active person with a password and the role.</summary>
    public static bool AnyAdmin(ReadTx tx, string exceptPrincipalId = "") => tx.Exists(
        $"""
        SELECT 1 FROM identity_grants g
        JOIN identity_principals p ON p.principal_id = g.principal_id
        JOIN identity_passwords w ON w.principal_id = g.principal_id
        WHERE g.resource = 'server' AND g.level = 'Admin' AND p.deactivated_ms IS NULL AND p.principal_id <> {exceptPrincipalId} LIMIT 1
        """);

    /// <summary>True when nobody could administer the server without this person.</summary>
    public static bool IsLastAdmin(ReadTx tx, string principalId) => AnyAdmin(tx) && !AnyAdmin(tx, principalId);

    public static Problem LastAdmin(string name) =>
        Problem.Conflict("last_admin", $"'{name}' is the last person who can administer this server; make another administrator first.");

    private static GrantView Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), (Role)Enum.Parse<Level>(row.GetString(4)), row.GetInt64(5), row.GetString(6));
}
