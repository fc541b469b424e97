using System.Data.Common;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Workspaces;

internal static class WorkspaceStore
{
    /// <summary>False when the name is taken.</summary>
    public static bool Insert(WriteTx tx, WorkspaceView workspace) => tx.Execute(
        $"""
        INSERT INTO identity_workspaces (name, title, created_ms) VALUES ({workspace.Name}, {workspace.Title}, {workspace.CreatedMs})
        ON CONFLICT (name) DO NOTHING
        """) == 1;

    public static bool Exists(ReadTx tx, string name) => tx.Exists($"SELECT 1 FROM identity_workspaces WHERE name = {name}");

    /// <summary>Those that the caller may see, by name, after a name (exclusive).</summary>
    public static List<WorkspaceView> Visible(ReadTx tx, Caller caller, string after, int rows)
    {
        if (caller.SeesWorkspace("*"))
        {
            return tx.Query($"SELECT name, title, created_ms FROM identity_workspaces WHERE name > {after} ORDER BY name LIMIT {rows}", Read);
        }

        var names = caller.Grants.Where(grant => grant.Resource.StartsWith("workspace/", StringComparison.Ordinal)).Select(grant => grant.Resource["workspace/".Length..]);
        return tx.Query(
            $"""
            SELECT name, title, created_ms FROM identity_workspaces
            WHERE name IN (SELECT value FROM {tx.Dialect.TextList([.. names.Distinct()])}) AND name > {after} ORDER BY name LIMIT {rows}
            """, Read);
    }

    private static WorkspaceView Read(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2));
}
