using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

internal static class UseStore
{
    public static void Save(WriteTx tx, Caller caller, string digest, string kind, string subject, string title) => tx.Execute(
        $"""
        INSERT INTO datasets_uses (workspace, digest, kind, subject, title, at_ms, used_by)
        VALUES ({caller.Workspace}, {digest}, {kind}, {subject}, {title}, {tx.Clock.NowMs()}, {caller.Id})
        ON CONFLICT (workspace, digest, kind, subject) DO NOTHING
        """);

    /// <summary>Uses of the versions of a dataset and of parts made from them (up to parts of parts), newest first.</summary>
    public static List<DatasetUseView> List(ReadTx tx, string workspace, string name, int limit) => tx.Query(
        $"""
        WITH content (version, digest, part) AS (
            SELECT version, digest, CAST(NULL AS TEXT) FROM datasets_versions WHERE workspace = {workspace} AND name = {name}
        ), parts (version, digest, part) AS (
            SELECT c.version, t.digest, t.part FROM content c JOIN datasets_tables t ON t.workspace = {workspace} AND t.parent_digest = c.digest
        ), further (version, digest, part) AS (
            SELECT p.version, t.digest, t.part FROM parts p JOIN datasets_tables t ON t.workspace = {workspace} AND t.parent_digest = p.digest
        ), known (version, digest, part) AS (
            SELECT version, digest, part FROM content UNION SELECT version, digest, part FROM parts UNION SELECT version, digest, part FROM further
        )
        SELECT k.version, u.kind, u.subject, u.title, u.digest, u.at_ms, u.used_by, k.part
        FROM known k JOIN datasets_uses u ON u.workspace = {workspace} AND u.digest = k.digest
        ORDER BY u.at_ms DESC, u.subject, k.version DESC LIMIT {limit}
        """,
        row => new DatasetUseView(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)));
}
