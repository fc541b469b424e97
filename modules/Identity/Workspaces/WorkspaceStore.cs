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
            return tx.Query($"SELECT name, title, created_ms, everyone FROM identity_workspaces WHERE name > {after} ORDER BY name LIMIT {rows}", Read);
        }

        return tx.Query(
            $"""
            SELECT name, title, created_ms, everyone FROM identity_workspaces
            WHERE name IN (SELECT value FROM {tx.Dialect.TextList([.. caller.WorkspacesSeen()])}) AND name > {after} ORDER BY name LIMIT {rows}
            """, Read);
    }

    public static WorkspaceView? Find(ReadTx tx, string name) =>
        tx.QueryOne($"SELECT name, title, created_ms, everyone FROM identity_workspaces WHERE name = {name}", Read);

    /// <summary>True when there is more than the one that every server begins with.</summary>
    public static bool AreSeveral(ReadTx tx) => tx.QueryOne($"SELECT COUNT(*) FROM (SELECT name FROM identity_workspaces LIMIT 2) AS w", row => row.GetInt64(0)) > 1;

    public static void Retitle(WriteTx tx, string name, string title) => tx.Execute($"UPDATE identity_workspaces SET title = {title} WHERE name = {name}");

    public static void SetEveryone(WriteTx tx, string name, Level? level) => tx.Execute($"UPDATE identity_workspaces SET everyone = {level?.ToString()} WHERE name = {name}");

    /// <summary>What everybody who has signed in may do, as grants.</summary>
    public static List<Grant> OfEverybody(ReadTx tx) => tx.Query(
        $"SELECT name, everyone FROM identity_workspaces WHERE everyone IS NOT NULL ORDER BY name LIMIT {Limits.QueryRows}",
        row => new Grant($"workspace/{row.GetString(0)}", Enum.Parse<Level>(row.GetString(1))));

    private static WorkspaceView Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : (Role)Enum.Parse<Level>(row.GetString(3)));
}
