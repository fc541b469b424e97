using Slipway.Kernel;

namespace Slipway.Monitoring.Folding;

/// <param name="Position">Up to which its predictions are folded.</param>
internal sealed record WatchedEndpoint(string Workspace, string Endpoint, string Model, long Position, long Revision, long? FoldedMs);

internal static class EndpointStore
{
    /// <summary>Every endpoint that is there, of all workspaces, after one (exclusive).</summary>
    public static List<WatchedEndpoint> All(ReadTx tx, string workspace, string endpoint, int limit) => tx.Query(
        $"""
        SELECT workspace, endpoint, model, position, revision, folded_ms FROM monitoring_endpoints
        WHERE deleted = 0 AND (workspace > {workspace} OR (workspace = {workspace} AND endpoint > {endpoint})) ORDER BY workspace, endpoint LIMIT {limit}
        """, Read);

    /// <summary>Null when nothing of it was heard yet, or it is deleted.</summary>
    public static (WatchedEndpoint Endpoint, FoldState State)? Find(ReadTx tx, string workspace, string endpoint) => tx.QueryOne<(WatchedEndpoint, FoldState)?>(
        $"""
        SELECT workspace, endpoint, model, position, revision, folded_ms, state FROM monitoring_endpoints
        WHERE workspace = {workspace} AND endpoint = {endpoint} AND deleted = 0
        """, row => (Read(row), row.IsDBNull(6) ? FoldState.Empty : FoldState.Parse((byte[])row[6])));

    /// <summary>Makes the row; an endpoint that was deleted and made anew goes on in its log where it ended.</summary>
    /// <returns>False when it was there already.</returns>
    public static bool Note(WriteTx tx, string workspace, string endpoint, string model) => tx.Execute(
        $"""
        INSERT INTO monitoring_endpoints (workspace, endpoint, model, position, revision, deleted) VALUES ({workspace}, {endpoint}, {model}, {0}, {0}, {0})
        ON CONFLICT (workspace, endpoint) DO UPDATE SET model = EXCLUDED.model, deleted = 0
        WHERE monitoring_endpoints.deleted <> 0 OR monitoring_endpoints.model <> EXCLUDED.model
        """) == 1;

    /// <summary>Nothing is open any more; how far its logs were read stays.</summary>
    public static void Delete(WriteTx tx, string workspace, string endpoint)
    {
        if (Find(tx, workspace, endpoint) is not { } found) { return; }

        var state = (found.State with { Deployments = [] }).ToBytes();
        tx.Execute($"UPDATE monitoring_endpoints SET deleted = 1, revision = revision + 1, state = {state} WHERE workspace = {workspace} AND endpoint = {endpoint}");
    }

    /// <summary>True when it was there once and is deleted.</summary>
    public static bool IsDeleted(ReadTx tx, string workspace, string endpoint) =>
        tx.Exists($"SELECT 1 FROM monitoring_endpoints WHERE workspace = {workspace} AND endpoint = {endpoint} AND deleted <> 0 LIMIT 1");

    /// <summary>False when somebody else has folded since: then nothing was changed.</summary>
    public static bool Advance(WriteTx tx, string workspace, string endpoint, long revision, long position, byte[] state, long nowMs) => tx.Execute(
        $"""
        UPDATE monitoring_endpoints SET position = {position}, state = {state}, revision = {revision + 1}, folded_ms = {nowMs}
        WHERE workspace = {workspace} AND endpoint = {endpoint} AND revision = {revision} AND deleted = 0
        """) == 1;

    private static WatchedEndpoint Read(System.Data.Common.DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.IsDBNull(5) ? null : row.GetInt64(5));
}
